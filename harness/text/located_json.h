// JSON with comments, as people write it, read so that every mistake is named
// with its file, line and column and what was expected instead.
//
// All members throw std::runtime_error with a message such as
//   servers.json:7:15: "ready_timeout": expected a duration such as "10s",
//   got 3
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sockmark {

// A value, and where it stands in the text. Cheap to copy.
class LocatedJson {
 public:
  // The whole of `text`, whose file is named `origin` in messages. A key that
  // an object has twice is a mistake too.
  static LocatedJson parse(std::string_view text, const std::string& origin);
  // The same of a file, which may be one that cannot be read.
  static LocatedJson read(const std::filesystem::path& file);

  // Of an object. A member that is null is as good as absent.
  std::optional<LocatedJson> find(const std::string& key) const;
  LocatedJson at(const std::string& key) const;  // one that has to be there

  // Refuses keys other than these, and what is no object.
  void require_keys(const std::vector<std::string>& known) const;

  bool is_text() const;

  // What it is; refused if it is of another type.
  std::vector<LocatedJson> items() const;  // of an array
  // The same of an array that is not empty; itself, if it is no array.
  std::vector<LocatedJson> one_or_more() const;
  std::map<std::string, LocatedJson> members() const;
  std::string text() const;  // without NUL: it goes to system calls
  bool flag() const;
  std::int64_t integer(std::int64_t least, std::int64_t most) const;
  double number(double least, double most) const;
  std::chrono::nanoseconds duration() const;  // as lib/duration.h reads it
  std::chrono::nanoseconds positive_duration() const;

  // "FILE:LINE:COLUMN: "KEY": expected EXPECTATION, got VALUE"
  [[noreturn]] void refuse(const std::string& expectation) const;
  // "FILE:LINE:COLUMN: "KEY": MESSAGE"
  [[noreturn]] void fail(const std::string& message) const;

 private:
  struct Document;

  LocatedJson(std::shared_ptr<const Document> document, std::string pointer);
  LocatedJson member(const std::string& key) const;

  std::shared_ptr<const Document> document_;
  std::string pointer_;
};

}  // namespace sockmark
