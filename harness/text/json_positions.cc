#include "harness/text/json_positions.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/text/json_pointer.h"

namespace sockmark {
namespace {

void pass(char byte, TextPosition& here) {
  if (byte == '\n') {
    ++here.line;
    here.column = 1;
  } else if ((static_cast<unsigned char>(byte) & 0xc0U) != 0x80) {
    ++here.column;  // the byte begins a character
  }
}

// A loop with a stack of its own: nesting may be deeper than ours.
class Scanner {
 public:
  explicit Scanner(std::string_view json) : json_(json) {}

  JsonPositions scan() {
    while (next_ < json_.size()) step();
    return std::move(found_);
  }

 private:
  struct Container {
    bool is_object = false;
    std::string pointer;
    std::size_t index = 0;  // of the item that comes, in an array
    std::string key;        // of the member that comes, in an object
    bool awaits_key = false;
  };

  void step() {
    const char byte = json_[next_];
    if (byte == '/') return skip_comment();
    if (byte == '"') return string();
    if (byte == '{' || byte == '[') return open(byte == '{');
    if (byte == ',') {
      ++open_.back().index;
      open_.back().awaits_key = open_.back().is_object;
    } else if (byte == '}' || byte == ']') {
      open_.pop_back();
    } else if (byte != ':' && !is_blank(byte)) {
      return literal();
    }
    advance(1);
  }

  static bool is_blank(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
  }

  void advance(std::size_t bytes) {
    for (const char byte : json_.substr(next_, bytes)) pass(byte, here_);
    next_ = std::min(next_ + bytes, json_.size());
  }

  void skip_comment() {
    const bool is_block = json_.substr(next_).starts_with("/*");
    const auto end = json_.find(is_block ? "*/" : "\n", next_ + 2);
    advance(std::min(end, json_.size()) - next_ + (is_block ? 2 : 0));
  }

  void open(bool is_object) {
    const std::string pointer = value();
    open_.push_back({.is_object = is_object,
                     .pointer = pointer,
                     .key = {},
                     .awaits_key = is_object});
    advance(1);
  }

  void literal() {
    value();
    const auto end = json_.find_first_of(",]} \t\r\n/", next_);
    advance(std::min(end, json_.size()) - next_);
  }

  void string() {
    std::size_t end = next_ + 1;
    while (end < json_.size() && json_[end] != '"') {
      end += json_[end] == '\\' ? 2U : 1U;
    }
    const std::string_view token = json_.substr(next_, end + 1 - next_);
    if (!open_.empty() && open_.back().awaits_key) {
      key(nlohmann::json::parse(token).get<std::string>());
    } else {
      value();
    }
    advance(token.size());
  }

  void key(const std::string& name) {
    Container& object = open_.back();
    object.awaits_key = false;
    object.key = name;
    const std::string pointer = object.pointer + "/" + pointer_part(name);
    if (!found_.at.emplace(pointer, here_).second) {
      found_.repeated.emplace_back(pointer, here_);
    }
  }

  // The pointer of the value that begins here.
  std::string value() {
    std::string pointer;
    if (!open_.empty()) {
      const Container& top = open_.back();
      pointer =
          top.pointer + "/" +
          (top.is_object ? pointer_part(top.key) : std::to_string(top.index));
    }
    found_.at.emplace(pointer, here_);  // a member has its key's already
    return pointer;
  }

  std::string_view json_;
  std::size_t next_ = 0;
  TextPosition here_;
  std::vector<Container> open_;
  JsonPositions found_;
};

}  // namespace

TextPosition position_in(std::string_view text, std::size_t offset) {
  TextPosition here;
  for (const char byte : text.substr(0, offset)) pass(byte, here);
  return here;
}

JsonPositions find_positions(std::string_view json) {
  return Scanner(json).scan();
}

}  // namespace sockmark
