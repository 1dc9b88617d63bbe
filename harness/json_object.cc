#include "harness/json_object.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>
#include <utility>

namespace sockmark {

using Json = nlohmann::json;

struct JsonObject::Value {
  Json json;
  std::set<std::string> known;  // keys that were asked for

  const Json* find(const char* key) {
    known.insert(key);
    const auto found = json.find(key);
    return found == json.end() ? nullptr : &*found;
  }
};

namespace {

// A list as it is, a single value as a list of one.
Json as_list(const Json& value) {
  return value.is_array() ? value : Json::array({value});
}

bool is_within(const Json& value, const NumberRange& range) {
  if (!value.is_number()) return false;
  if (range.are_whole && !value.is_number_integer()) return false;
  const double number = value.get<double>();
  return number >= range.from && number <= range.to;
}

}  // namespace

JsonObject::JsonObject(const JsonSource& source, std::string pointer)
    : source_(&source),
      pointer_(std::move(pointer)),
      value_(std::make_unique<Value>(
          Value{.json = Json::parse(source.text(), nullptr, true, true)
                            .at(Json::json_pointer(pointer_)),
                .known = {}})) {
  if (!value_->json.is_object()) {
    source.refuse(pointer_, "expected an object: {...}");
  }
}

JsonObject::~JsonObject() = default;
JsonObject::JsonObject(JsonObject&&) noexcept = default;

void JsonObject::refuse(const std::string& key, const std::string& what) const {
  source_->refuse(pointer_ + "/" + key, fmt::format("\"{}\": {}", key, what));
}

void JsonObject::refuse_unknown_keys() const {
  for (const auto& [key, value] : value_->json.items()) {
    if (value_->known.contains(key)) continue;
    source_->refuse(pointer_ + "/" + key,
                    fmt::format("unknown key \"{}\"; there are {}", key,
                                fmt::join(value_->known, ", ")));
  }
}

std::optional<std::string> JsonObject::text(const char* key) {
  const Json* const value = value_->find(key);
  if (value == nullptr) return std::nullopt;
  if (!value->is_string()) refuse(key, "expected a text in quotes");
  return value->get<std::string>();
}

std::optional<bool> JsonObject::truth(const char* key) {
  const Json* const value = value_->find(key);
  if (value == nullptr) return std::nullopt;
  if (!value->is_boolean()) refuse(key, "expected true or false");
  return value->get<bool>();
}

std::optional<double> JsonObject::number(const char* key,
                                         const NumberRange& range) {
  const auto values = numbers(key, range);
  if (values.empty()) return std::nullopt;
  if (values.size() > 1) refuse(key, "expected one number");
  return values[0];
}

std::vector<double> JsonObject::numbers(const char* key,
                                        const NumberRange& range) {
  const Json* const value = value_->find(key);
  if (value == nullptr) return {};
  std::vector<double> numbers;
  const Json list = as_list(*value);
  for (const Json& item : list) {
    if (is_within(item, range)) numbers.push_back(item.get<double>());
  }
  if (numbers.empty() || numbers.size() < list.size()) {
    refuse(key, fmt::format("expected {} from {:.15g} to {:.15g}",
                            range.are_whole ? "whole numbers" : "numbers",
                            range.from, range.to));
  }
  return numbers;
}

std::vector<std::string> JsonObject::texts(const char* key) {
  const Json* const value = value_->find(key);
  if (value == nullptr) return {};
  std::vector<std::string> texts;
  const Json list = as_list(*value);
  for (const Json& item : list) {
    if (!item.is_string()) continue;
    if (std::string text = item; !text.empty()) texts.push_back(text);
  }
  if (texts.empty() || texts.size() < list.size()) {
    refuse(key, "expected a text in quotes, or a list of them");
  }
  return texts;
}

std::vector<JsonObject> JsonObject::objects(const char* key) {
  const Json* const value = value_->find(key);
  if (value == nullptr || !value->is_array() || value->empty()) {
    refuse(key, "expected a list of at least one object");
  }
  std::vector<JsonObject> objects;
  for (std::size_t i = 0; i < value->size(); ++i) {
    objects.emplace_back(*source_, fmt::format("{}/{}/{}", pointer_, key, i));
  }
  return objects;
}

}  // namespace sockmark
