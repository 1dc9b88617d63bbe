// A JSON file that people write: comments are allowed, and a mistake is told
// with its line.
#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace sockmark {

class JsonSource {
 public:
  // `name` is what mistakes are told of, a file's as a rule. Throws
  // std::runtime_error for what is no JSON object and for a key that stands
  // twice in an object: "my.json:3: ...".
  JsonSource(std::string name, std::string text);

  // The same from a file. Throws std::runtime_error if it cannot be read.
  static JsonSource read(const std::filesystem::path& file);

  const std::string& name() const { return name_; }
  const std::string& text() const { return text_; }

  // Where the value of a JSON pointer such as "/workloads/0/rate" begins or,
  // in an object, its key stands. Of what is not there: the line of what would
  // hold it.
  int line_of(std::string pointer) const;

  // Throws std::runtime_error: "my.json:12: `what`".
  [[noreturn]] void refuse(const std::string& pointer,
                           const std::string& what) const;

 private:
  std::string name_;
  std::string text_;
  std::map<std::string, int> lines_;  // by pointer
};

}  // namespace sockmark
