#include "harness/cells/reasons.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <utility>

namespace sockmark {
namespace {

constexpr char kNumberStandIn = '\x01';  // in no reason: those are one line

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A reason in parts: words, and the numbers between them as they were written.
struct Parts {
  std::string words;  // with a stand-in for each number
  std::vector<std::string> numbers;
};

// The length of the number at the start: digits, with points and commas that
// are followed by more of them.
std::size_t number_length(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size()) {
    const bool is_inner = (text[length] == '.' || text[length] == ',') &&
                          length > 0 && length + 1 < text.size() &&
                          is_digit(text[length + 1]);
    if (!is_digit(text[length]) && !is_inner) break;
    ++length;
  }
  return length;
}

Parts parts_of(std::string_view reason) {
  Parts parts;
  while (!reason.empty()) {
    const std::size_t length = number_length(reason);
    if (length == 0) {
      parts.words += reason.front();
      reason.remove_prefix(1);
    } else {
      parts.words += kNumberStandIn;
      parts.numbers.emplace_back(reason.substr(0, length));
      reason.remove_prefix(length);
    }
  }
  return parts;
}

double value_of(std::string number) {
  std::erase(number, ',');
  return std::strtod(number.c_str(), nullptr);
}

std::string range_of(const std::vector<Parts>& all, std::size_t at) {
  const auto less = [at](const Parts& a, const Parts& b) {
    return value_of(a.numbers[at]) < value_of(b.numbers[at]);
  };
  const auto [least, most] = std::minmax_element(all.begin(), all.end(), less);
  const std::string& low = least->numbers[at];
  const std::string& high = most->numbers[at];
  return value_of(low) == value_of(high) ? low : low + "–" + high;
}

}  // namespace

std::string kind_of_reason(std::string_view reason) {
  return parts_of(reason).words;
}

std::string merged_reason(const std::vector<std::string>& reasons) {
  if (reasons.empty()) return "";
  std::vector<Parts> all;
  for (const std::string& reason : reasons) all.push_back(parts_of(reason));
  std::string text;
  std::size_t at = 0;
  for (const char c : all.front().words) {
    if (c == kNumberStandIn) {
      text += range_of(all, at++);
    } else {
      text += c;
    }
  }
  return text;
}

std::vector<Mishap> merged(const std::vector<Mishap>& mishaps) {
  std::vector<Mishap> all;
  std::map<std::pair<std::string, std::string>, std::size_t> places;
  std::vector<std::vector<std::string>> reasons;
  for (const Mishap& mishap : mishaps) {
    const auto [place, is_new] = places.try_emplace(
        {mishap.kind, kind_of_reason(mishap.reason)}, all.size());
    if (is_new) {
      all.push_back({.kind = mishap.kind, .reason = "", .trials = 0});
      reasons.emplace_back();
    }
    all[place->second].trials += mishap.trials;
    reasons[place->second].push_back(mishap.reason);
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].reason = merged_reason(reasons[i]);
  }
  return all;
}

}  // namespace sockmark
