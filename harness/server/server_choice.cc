#include "harness/server/server_choice.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <stdexcept>

#include "harness/server/manifest.h"
#include "harness/server/model.h"
#include "harness/text/nearest_name.h"

namespace sockmark {
namespace {

const ServerSpec* find_server(const std::vector<ServerSpec>& servers,
                              const std::string& name) {
  const auto found =
      std::find_if(servers.begin(), servers.end(),
                   [&](const ServerSpec& spec) { return spec.name == name; });
  return found == servers.end() ? nullptr : &*found;
}

bool is_of_manifest(const ServerSpec& spec) { return !spec.manifest.empty(); }

}  // namespace

std::vector<ServerSpec> all_servers(
    const std::filesystem::path& models,
    const std::optional<std::filesystem::path>& manifest) {
  auto servers = read_models(models);
  if (!manifest) return servers;
  for (ServerSpec& spec : read_manifest(*manifest)) {
    if (find_server(servers, spec.name) != nullptr) {
      throw std::runtime_error(
          fmt::format("{}: a built-in server is named '{}' already: give yours "
                      "another name",
                      manifest->string(), spec.name));
    }
    servers.push_back(std::move(spec));
  }
  return servers;
}

std::vector<ServerSpec> select_servers(const std::vector<ServerSpec>& servers,
                                       const std::vector<std::string>& names) {
  std::vector<ServerSpec> selected;
  if (names.empty()) {
    const bool has_own =
        std::any_of(servers.begin(), servers.end(), is_of_manifest);
    std::copy_if(servers.begin(), servers.end(), std::back_inserter(selected),
                 [has_own](const ServerSpec& spec) {
                   return has_own ? is_of_manifest(spec)
                                  : spec.family != kFlawedFamily;
                 });
    return selected;
  }
  for (const std::string& name : names) {
    const ServerSpec* const found = find_server(servers, name);
    if (found == nullptr) {
      std::vector<std::string> known;
      for (const ServerSpec& spec : servers) known.push_back(spec.name);
      throw std::invalid_argument(
          fmt::format("no server named '{}'{}; there are {}", name,
                      suggestion(name, known), fmt::join(known, ", ")));
    }
    selected.push_back(*found);
  }
  return selected;
}

}  // namespace sockmark
