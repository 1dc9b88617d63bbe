#include "harness/machine/system_files.h"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <fstream>
#include <iterator>
#include <sstream>
#include <system_error>

#include "lib/http.h"

namespace sockmark {

namespace fs = std::filesystem;

SystemFiles::SystemFiles(fs::path root) : root_(std::move(root)) {}

Fact<std::string> SystemFiles::text(const std::string& path) const {
  errno = 0;
  std::ifstream file(root_ / fs::path(path).relative_path());
  if (!file) {
    const int reason = errno;
    return Fact<std::string>::unknown(
        reason == ENOENT || reason == 0
            ? "no " + path
            : "cannot read " + path + ": " +
                  std::generic_category().message(reason));
  }
  std::string content(std::istreambuf_iterator<char>(file), {});
  // A file of /sys may open and then fail to be read.
  if (file.bad()) return Fact<std::string>::unknown("cannot read " + path);
  return Fact<std::string>::known(std::move(content));
}

Fact<std::string> SystemFiles::line(const std::string& path) const {
  return changed(text(path), [](const std::string& content) {
    return std::string(trim(content.substr(0, content.find('\n'))));
  });
}

Fact<std::int64_t> SystemFiles::number(const std::string& path) const {
  const auto first = line(path);
  if (!first.value) return Fact<std::int64_t>::unknown(first.why_not);
  if (const auto number = parse_integer(*first.value)) {
    return Fact<std::int64_t>::known(*number);
  }
  return Fact<std::int64_t>::unknown(path + " holds no number");
}

bool SystemFiles::exists(const std::string& path) const {
  std::error_code failed;
  return fs::exists(root_ / fs::path(path).relative_path(), failed);
}

std::vector<std::string> SystemFiles::names_in(
    const std::string& folder) const {
  std::error_code failed;
  fs::directory_iterator entry(root_ / fs::path(folder).relative_path(),
                               failed);
  std::vector<std::string> names;
  for (; !failed && entry != fs::directory_iterator();
       entry.increment(failed)) {
    names.push_back(entry->path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  std::int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end) return std::nullopt;
  return number;
}

std::optional<std::string> value_of(std::string_view text, std::string_view key,
                                    char separator) {
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    const auto at = line.find(separator);
    if (at == std::string::npos || trim(line.substr(0, at)) != key) continue;
    std::string value(trim(line.substr(at + 1)));
    std::erase(value, '"');
    return value;
  }
  return std::nullopt;
}

std::vector<std::string> words_of(std::string_view text) {
  std::istringstream stream{std::string(text)};
  return {std::istream_iterator<std::string>(stream), {}};
}

}  // namespace sockmark
