// Reading an object of a JSON file, key by key: what is not as it should be is
// refused with its line and with what was expected.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "harness/json_source.h"

namespace sockmark {

struct NumberRange {
  double from = 0;
  double to = 0;
  bool are_whole = true;
};

// Every function throws std::runtime_error, and a missing key gives nothing.
class JsonObject {
 public:
  // The object at `pointer`, "" for the whole. `source` must outlive this.
  JsonObject(const JsonSource& source, std::string pointer);
  ~JsonObject();
  JsonObject(JsonObject&&) noexcept;

  std::optional<std::string> text(const char* key);
  std::optional<bool> truth(const char* key);
  std::optional<double> number(const char* key, const NumberRange& range);

  // A value or a list of them, which must not be empty.
  std::vector<double> numbers(const char* key, const NumberRange& range);
  std::vector<std::string> texts(const char* key);

  // A list of at least one object.
  std::vector<JsonObject> objects(const char* key);

  // A text that `parse` understands: it throws std::invalid_argument.
  template <typename Parse>
  auto parsed(const char* key, const Parse& parse)
      -> std::optional<decltype(parse(std::string()))> {
    const auto value = text(key);
    if (!value) return std::nullopt;
    try {
      return parse(*value);
    } catch (const std::invalid_argument& bad) {
      refuse(key, bad.what());
    }
  }

  // Throws: `"key": what`, with the line.
  [[noreturn]] void refuse(const std::string& key,
                           const std::string& what) const;

  // To be called when all keys that there are have been asked for.
  void refuse_unknown_keys() const;

 private:
  struct Value;  // of the JSON library

  const JsonSource* source_;
  std::string pointer_;
  std::unique_ptr<Value> value_;
};

}  // namespace sockmark
