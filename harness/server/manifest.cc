#include "harness/server/manifest.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "harness/server/manifest_server.h"
#include "harness/text/located_json.h"

namespace sockmark {
namespace {

std::vector<ServerSpec> servers_in(const LocatedJson& json,
                                   const std::filesystem::path& file) {
  json.require_keys({"servers"});
  std::vector<ServerSpec> servers;
  for (const LocatedJson& entry : json.at("servers").items()) {
    ServerSpec spec = manifest_server(entry, file);
    const auto has_name = [&](const ServerSpec& other) {
      return other.name == spec.name;
    };
    if (std::any_of(servers.begin(), servers.end(), has_name)) {
      entry.at("name").fail(
          fmt::format("a second server named '{}'", spec.name));
    }
    servers.push_back(std::move(spec));
  }
  if (servers.empty()) json.at("servers").refuse("at least one server");
  return servers;
}

}  // namespace

std::vector<ServerSpec> parse_manifest(std::string_view text,
                                       const std::filesystem::path& file) {
  return servers_in(LocatedJson::parse(text, file.string()), file);
}

std::vector<ServerSpec> read_manifest(const std::filesystem::path& file) {
  auto servers = servers_in(LocatedJson::read(file), file);
  for (ServerSpec& spec : servers) {
    spec.manifest = std::filesystem::absolute(file);
    spec.cwd = std::filesystem::absolute(spec.cwd).lexically_normal();
    if (!std::filesystem::is_directory(spec.cwd)) {
      throw std::runtime_error(
          fmt::format("{}: server '{}': no working folder {}", file.string(),
                      spec.name, spec.cwd.string()));
    }
    // A program with a folder in its name is looked for from there.
    const std::filesystem::path program = spec.command[0];
    if (program.has_parent_path()) {
      spec.command[0] = (spec.cwd / program).lexically_normal().string();
    }
  }
  return servers;
}

}  // namespace sockmark
