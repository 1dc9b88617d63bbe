// A side's folder, built, and the servers that it has.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/ab/build_cache.h"
#include "harness/ab/side.h"
#include "harness/server/server_spec.h"

namespace sockmark {

struct SideServers {
  Side side;
  std::string build = {};             // the command it is built by; empty: none
  std::filesystem::path folder = {};  // with its servers
  // The lists they stand in; empty: not read.
  std::filesystem::path models = {};
  std::filesystem::path manifest = {};
  std::vector<ServerSpec> servers = {};
};

// Where the side's servers are, or will be when it is built by `command` (empty
// for none), and where they are told of. Nothing is run or read.
SideServers located(const Side& side, const SideFiles& files,
                    const std::string& command);

// Whether read() needs no build, because there is one or none is needed.
bool is_ready(const SideServers& servers);

// Builds it if it is to be: a revision once and for all, a working tree in its
// place each time. Throws std::runtime_error.
void build(const SideServers& servers, const Say& say);

// With the servers of its lists. Throws std::invalid_argument that says what to
// give for a list that is not there and was never built, std::runtime_error for
// one that is missing after the build or has a mistake.
SideServers read(SideServers servers);

}  // namespace sockmark
