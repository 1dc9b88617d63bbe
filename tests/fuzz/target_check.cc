#include "tests/fuzz/target_check.h"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string>

#include "loadgen/target.h"
#include "tests/fuzz/require.h"

namespace sockmark {
namespace {

std::optional<Target> parsed(const std::string& url) {
  try {
    return parse_target(url);
  } catch (const std::invalid_argument&) {
    return std::nullopt;
  }
}

bool fits_a_request(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c > ' ' && c < 0x7f; });
}

void check_url(const std::string& url) {
  const auto target = parsed(url);
  if (!target) return;
  const auto expect = [&](bool holds, std::string_view what) {
    require(holds, what, "as a URL", url);
  };
  const std::string authority = target->authority();
  expect(!target->host.empty(), "accepts no host");
  expect(target->port != 0, "accepts port 0");
  expect(fits_a_request(authority), "accepts a host that no header may hold");
  expect(fits_a_request(target->path), "accepts a path that no line may hold");
  expect(target->path.starts_with('/'), "requests no path");
  expect(target->path.find('#') == std::string::npos, "sends the fragment");
  const auto again = parsed("http://" + authority + target->path);
  expect(again && again->host == target->host && again->port == target->port &&
             again->path == target->path,
         "becomes another target");
}

}  // namespace

void check_target(std::string_view input) {
  check_url(std::string(input));
  check_url("http://" + std::string(input));
}

}  // namespace sockmark
