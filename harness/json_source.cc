#include "harness/json_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <stdexcept>
#include <utility>
#include <vector>

namespace sockmark {
namespace {

using Json = nlohmann::json;

// Reads a text and counts the lines it has read. The parser reads no further
// than the end of a key, a string or a bracket before it tells of it.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* at, int* line) : at_(at), line_(line) {}
  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    if (*at_++ == '\n') ++*line_;
    return *this;
  }
  CountingIterator operator++(int) {
    const CountingIterator before = *this;
    ++*this;
    return before;
  }
  bool operator==(const CountingIterator& other) const {
    return at_ == other.at_;
  }
  bool operator!=(const CountingIterator& other) const {
    return at_ != other.at_;
  }

 private:
  const char* at_;
  int* line_;
};

// Notes the line of each key and of each element of an array.
class LineNotes : public Json::json_sax_t {
 public:
  LineNotes(const int& line, std::map<std::string, int>& lines)
      : line_(line), lines_(lines) {}

  std::string mistake;  // empty when there is none
  int mistake_line = 0;

  bool null() override { return value(); }
  bool boolean(bool) override { return value(); }
  bool number_integer(number_integer_t) override { return value(); }
  bool number_unsigned(number_unsigned_t) override { return value(); }
  bool number_float(number_float_t, const string_t&) override {
    return value();
  }
  bool string(string_t&) override { return value(); }
  bool binary(binary_t&) override { return value(); }

  bool start_object(std::size_t) override { return open(false); }
  bool start_array(std::size_t) override { return open(true); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    Level& level = levels_.back();
    if (!level.keys.insert(name).second) {
      mistake = fmt::format("\"{}\" stands twice", name);
      mistake_line = line_;
      return false;
    }
    level.key = name;
    lines_[pointer()] = line_;
    return true;
  }

  bool parse_error(std::size_t, const std::string&,
                   const Json::exception& bad) override {
    const std::string what = bad.what();
    const auto detail = what.find("syntax error");
    mistake = detail == std::string::npos ? what : what.substr(detail);
    mistake_line = line_;
    return false;
  }

 private:
  struct Level {
    bool is_array = false;
    std::size_t next = 0;  // element
    std::string key;
    std::set<std::string> keys;
  };

  std::string pointer() const {
    std::string path;
    for (const Level& level : levels_) {
      path += '/';
      path += level.is_array ? std::to_string(level.next) : level.key;
    }
    return path;
  }

  // A value has come: an array goes on to its next element.
  bool value() {
    if (!levels_.empty() && levels_.back().is_array) {
      lines_.try_emplace(pointer(), line_);
      ++levels_.back().next;
    }
    return true;
  }

  bool open(bool is_array) {
    lines_.try_emplace(pointer(), line_);
    levels_.push_back({.is_array = is_array, .next = 0, .key = "", .keys = {}});
    return true;
  }

  bool close() {
    levels_.pop_back();
    return value();
  }

  const int& line_;
  std::map<std::string, int>& lines_;
  std::vector<Level> levels_;
};

}  // namespace

JsonSource::JsonSource(std::string name, std::string text)
    : name_(std::move(name)), text_(std::move(text)) {
  int line = 1;
  LineNotes notes(line, lines_);
  const char* const begin = text_.data();
  Json::sax_parse(CountingIterator(begin, &line),
                  CountingIterator(begin + text_.size(), &line), &notes,
                  nlohmann::detail::input_format_t::json, true, true);
  if (!notes.mistake.empty()) {
    throw std::runtime_error(
        fmt::format("{}:{}: {}", name_, notes.mistake_line, notes.mistake));
  }
  if (!Json::parse(text_, nullptr, true, true).is_object()) {
    refuse("", "expected an object: {...}");
  }
}

JsonSource JsonSource::read(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::ostringstream text;
  text << stream.rdbuf();
  if (!stream) throw std::runtime_error("cannot read " + file.string());
  return {file.string(), text.str()};
}

int JsonSource::line_of(std::string pointer) const {
  for (;;) {
    const auto found = lines_.find(pointer);
    if (found != lines_.end()) return found->second;
    if (pointer.empty()) return 1;
    pointer.resize(pointer.rfind('/'));
  }
}

void JsonSource::refuse(const std::string& pointer,
                        const std::string& what) const {
  throw std::runtime_error(
      fmt::format("{}:{}: {}", name_, line_of(pointer), what));
}

}  // namespace sockmark
