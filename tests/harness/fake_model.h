// tests/fakes/fake_server as a model.
#pragma once

#include <string>

#include "harness/model.h"

namespace sockmark {

inline ServerSpec fake_model(const std::string& mode) {
  return {.name = mode,
          .command = {FAKE_SERVER, mode},
          .family = "fake",
          .unit = "none",
          .source = "tests/fakes",
          .summary = "misbehaves"};
}

}  // namespace sockmark
