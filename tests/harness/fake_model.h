// tests/fakes/fake_server as a model, and as a server of a manifest.
#pragma once

#include <chrono>
#include <string>

#include "harness/server/manifest.h"
#include "harness/server/model.h"

namespace sockmark {

inline ServerSpec fake_model(const std::string& mode) {
  return {.name = mode,
          .command = {FAKE_SERVER, mode},
          .family = "fake",
          .unit = "none",
          .source = "tests/fakes",
          .summary = "misbehaves"};
}

// `ready_timeout` is long for those that become ready, so that a slow machine
// fails no test, and short for those that never do.
inline ServerSpec fake_user_server(
    const std::string& mode,
    std::chrono::nanoseconds ready_timeout = std::chrono::seconds(30)) {
  ServerSpec spec = fake_model(mode);
  spec.command.emplace_back("{port}");
  spec.family = kUserFamily;
  spec.readiness = Readiness::reply;
  spec.ready_timeout = ready_timeout;
  return spec;
}

}  // namespace sockmark
