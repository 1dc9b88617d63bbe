#include "harness/ab/side_servers.h"

#include <fmt/format.h>

#include <stdexcept>

#include "harness/ab/build_command.h"
#include "harness/server/manifest.h"
#include "harness/server/server_choice.h"

namespace sockmark {
namespace {

namespace fs = std::filesystem;

RevisionBuild revision_build(const SideServers& servers) {
  return {.title = title_of(servers.side),
          .repository = servers.side.path,
          .commit = servers.side.commit.value_or(""),
          .command = servers.build};
}

fs::path built_in_models(const Side& side, const fs::path& folder) {
  if (side.kind != SideKind::build) {
    return folder / "build" / "release" / "servers" / "MODELS";
  }
  const fs::path models = folder / "servers" / "MODELS";
  return fs::exists(models) ? models : folder / "MODELS";
}

void require_list(const SideServers& servers, const fs::path& file) {
  if (file.empty() || fs::is_regular_file(file)) return;
  const std::string missing = fmt::format(
      "{}: no list of servers: {}", title_of(servers.side), file.string());
  if (!servers.build.empty()) {
    throw std::runtime_error(missing + " is not there after the build");
  }
  throw std::invalid_argument(
      missing +
      " is not there: have it made with --build, or name another "
      "with --models or --manifest");
}

}  // namespace

SideServers located(const Side& side, const SideFiles& files,
                    const std::string& command) {
  SideServers servers = {.side = side};
  if (side.kind == SideKind::manifest) {
    servers.folder = side.path.parent_path();
    servers.manifest = side.path;
    return servers;
  }
  const bool is_source = side.kind != SideKind::build;
  if (is_source) servers.build = command;
  servers.folder = side.kind == SideKind::revision
                       ? tree_of(revision_build(servers))
                       : side.path;
  if (!files.models.empty()) servers.models = servers.folder / files.models;
  if (!files.manifest.empty()) {
    servers.manifest = servers.folder / files.manifest;
  }
  if (files.models.empty() && files.manifest.empty()) {
    servers.models = built_in_models(side, servers.folder);
  }
  return servers;
}

bool is_ready(const SideServers& servers) {
  return servers.side.kind == SideKind::revision
             ? is_built(revision_build(servers))
             : servers.build.empty();
}

void build(const SideServers& servers, const Say& say) {
  if (servers.side.kind == SideKind::revision) {
    made(revision_build(servers), say);
  } else if (!servers.build.empty()) {
    say(fmt::format("building {} in {}: {}", title_of(servers.side),
                    servers.folder.string(), servers.build));
    const fs::path log = log_of_working_tree(servers.folder);
    fs::create_directories(log.parent_path());
    run_build(title_of(servers.side), servers.folder, servers.build, log);
  }
}

SideServers read(SideServers servers) {
  require_list(servers, servers.models);
  require_list(servers, servers.manifest);
  if (servers.models.empty()) {
    servers.servers = read_manifest(servers.manifest);
  } else {
    servers.servers = all_servers(
        servers.models, servers.manifest.empty()
                            ? std::nullopt
                            : std::optional<fs::path>(servers.manifest));
  }
  return servers;
}

}  // namespace sockmark
