#include "harness/text/located_json.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "harness/text/json_pointer.h"
#include "harness/text/json_positions.h"
#include "harness/text/nearest_name.h"
#include "harness/text/text.h"
#include "harness/text/text_file.h"
#include "lib/duration.h"

namespace sockmark {
namespace {

using Json = nlohmann::ordered_json;

// Without the library's "[json.exception...] parse error at line 1, column 2:".
std::string complaint(const std::string& what) {
  constexpr std::string_view kBegin = "column ";
  const auto column = what.find(kBegin);
  const auto end =
      column == std::string::npos ? column : what.find(": ", column);
  return end == std::string::npos ? what : what.substr(end + 2);
}

std::string place(const std::string& origin, TextPosition position) {
  return fmt::format("{}:{}:{}: ", origin, position.line, position.column);
}

}  // namespace

struct LocatedJson::Document {
  std::string origin;
  Json json;
  JsonPositions positions;

  const Json& value(const std::string& pointer) const {
    return json.at(Json::json_pointer(pointer));
  }
};

LocatedJson::LocatedJson(std::shared_ptr<const Document> document,
                         std::string pointer)
    : document_(std::move(document)), pointer_(std::move(pointer)) {}

LocatedJson LocatedJson::parse(std::string_view text,
                               const std::string& origin) {
  const auto document = std::make_shared<Document>();
  document->origin = origin;
  try {
    document->json = Json::parse(text, nullptr, true, true);
  } catch (const Json::parse_error& mistake) {
    const auto position =
        position_in(text, mistake.byte == 0 ? 0 : mistake.byte - 1);
    throw std::runtime_error(place(origin, position) +
                             complaint(mistake.what()));
  }
  document->positions = find_positions(text);
  for (const auto& [pointer, position] : document->positions.repeated) {
    throw std::runtime_error(place(origin, position) + pointer_label(pointer) +
                             ": a second one in the same object");
  }
  return {document, ""};
}

LocatedJson LocatedJson::read(const std::filesystem::path& file) {
  return parse(read_text(file), file.string());
}

void LocatedJson::fail(const std::string& message) const {
  const auto& known = document_->positions.at;
  const auto found = known.find(pointer_);
  const auto position = found == known.end() ? TextPosition{} : found->second;
  const std::string name = pointer_label(pointer_);
  throw std::runtime_error(place(document_->origin, position) + name +
                           (name.empty() ? "" : ": ") + message);
}

void LocatedJson::refuse(const std::string& expectation) const {
  constexpr std::size_t kWidth = 60;
  fail(fmt::format("expected {}, got {}", expectation,
                   shorten(document_->value(pointer_).dump(), kWidth)));
}

LocatedJson LocatedJson::member(const std::string& key) const {
  return {document_, pointer_ + "/" + pointer_part(key)};
}

std::optional<LocatedJson> LocatedJson::find(const std::string& key) const {
  const Json& value = document_->value(pointer_);
  if (!value.is_object()) refuse("an object");
  const auto found = value.find(key);
  if (found == value.end() || found->is_null()) return std::nullopt;
  return member(key);
}

LocatedJson LocatedJson::at(const std::string& key) const {
  const auto found = find(key);
  if (!found) fail(fmt::format("expected \"{}\" in this object", key));
  return *found;
}

void LocatedJson::require_keys(const std::vector<std::string>& known) const {
  for (const auto& [key, value] : members()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    value.fail(fmt::format("unknown{}; known here are {}",
                           suggestion(key, known), fmt::join(known, ", ")));
  }
}

bool LocatedJson::is_text() const {
  return document_->value(pointer_).is_string();
}

std::vector<LocatedJson> LocatedJson::items() const {
  const Json& value = document_->value(pointer_);
  if (!value.is_array()) refuse("an array");
  std::vector<LocatedJson> result;
  for (std::size_t i = 0; i < value.size(); ++i) {
    result.push_back(member(std::to_string(i)));
  }
  return result;
}

std::vector<LocatedJson> LocatedJson::one_or_more() const {
  if (!document_->value(pointer_).is_array()) return {*this};
  auto result = items();
  if (result.empty()) refuse("at least one in this array");
  return result;
}

std::map<std::string, LocatedJson> LocatedJson::members() const {
  const Json& value = document_->value(pointer_);
  if (!value.is_object()) refuse("an object");
  std::map<std::string, LocatedJson> result;
  for (const auto& item : value.items()) {
    result.emplace(item.key(), member(item.key()));
  }
  return result;
}

std::string LocatedJson::text() const {
  const Json& value = document_->value(pointer_);
  if (!value.is_string()) refuse("text in quotes");
  auto text = value.get<std::string>();
  if (text.find('\0') != std::string::npos) refuse("text without \\u0000");
  return text;
}

bool LocatedJson::flag() const {
  const Json& value = document_->value(pointer_);
  if (!value.is_boolean()) refuse("true or false");
  return value.get<bool>();
}

std::int64_t LocatedJson::integer(std::int64_t least, std::int64_t most) const {
  const Json& value = document_->value(pointer_);
  const bool fits =
      value.is_number_integer() &&
      (!value.is_number_unsigned() ||
       value.get<std::uint64_t>() <= static_cast<std::uint64_t>(most)) &&
      value.get<std::int64_t>() >= least && value.get<std::int64_t>() <= most;
  if (!fits) refuse(fmt::format("a whole number from {} to {}", least, most));
  return value.get<std::int64_t>();
}

double LocatedJson::number(double least, double most) const {
  const Json& value = document_->value(pointer_);
  if (!value.is_number() || value.get<double>() < least ||
      value.get<double>() > most) {
    refuse(fmt::format("a number from {:.15g} to {:.15g}", least, most));
  }
  return value.get<double>();
}

std::chrono::nanoseconds LocatedJson::duration() const {
  const Json& value = document_->value(pointer_);
  if (value.is_string()) {
    try {
      return parse_duration(value.get<std::string>());
    } catch (const std::invalid_argument&) {
      // refused below, in the words of this file
    }
  }
  refuse(R"(a duration such as "10s" or "500ms")");
}

std::chrono::nanoseconds LocatedJson::positive_duration() const {
  const auto positive = duration();
  if (positive.count() == 0) refuse("a duration above 0");
  return positive;
}

}  // namespace sockmark
