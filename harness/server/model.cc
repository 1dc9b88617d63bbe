#include "harness/server/model.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "harness/text/text_file.h"
#include "lib/http.h"

namespace sockmark {
namespace {

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t end = std::min(text.find(separator), text.size());
    parts.emplace_back(trim(text.substr(0, end)));
    if (end == text.size()) return parts;
    text.remove_prefix(end + 1);
  }
}

std::vector<std::string> words(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> result;
  for (std::string word; stream >> word;) result.push_back(word);
  return result;
}

}  // namespace

std::vector<ServerSpec> parse_models(std::string_view text,
                                     const std::string& origin) {
  constexpr std::size_t kFields = 6;
  std::vector<ServerSpec> models;
  std::istringstream lines{std::string(text)};
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    if (trim(line).empty() || line.front() == '#') continue;
    const auto fields = split(line, '|');
    const auto is_empty = [](const std::string& f) { return f.empty(); };
    if (fields.size() != kFields ||
        std::any_of(fields.begin(), fields.end(), is_empty)) {
      throw std::runtime_error(
          fmt::format("{}:{}: expected six fields, 'name | command | family | "
                      "unit | source | summary'",
                      origin, number));
    }
    const auto has_name = [&](const ServerSpec& m) {
      return m.name == fields[0];
    };
    if (std::any_of(models.begin(), models.end(), has_name)) {
      throw std::runtime_error(fmt::format("{}:{}: a second model named '{}'",
                                           origin, number, fields[0]));
    }
    models.push_back({.name = fields[0],
                      .command = words(fields[1]),
                      .family = fields[2],
                      .unit = fields[3],
                      .source = fields[4],
                      .summary = fields[5]});
  }
  return models;
}

std::vector<ServerSpec> read_models(const std::filesystem::path& file) {
  auto models = parse_models(read_text(file), file.string());
  for (ServerSpec& model : models) {
    const auto beside = file.parent_path() / model.command[0];
    if (std::filesystem::exists(beside)) {
      model.command[0] = std::filesystem::absolute(beside).string();
    }
  }
  return models;
}

}  // namespace sockmark
