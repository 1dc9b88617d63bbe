// A server that can be measured: a line of servers/MODELS, or an entry of a
// manifest.
#pragma once

#include <chrono>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sockmark {

// Of models that are wrong on purpose: never ranked among the others.
inline constexpr std::string_view kFlawedFamily = "flawed";

// How a server says that it takes connections.
enum class Readiness {
  line,  // the line "listening HOST:PORT" on its stdout, on a port it picks
  reply  // an expected reply on the port that it was given
};

struct ServerSpec {
  std::string name;
  std::vector<std::string> command;  // "{port}" stands for the port
  std::string family = {};
  std::string unit = {};    // of concurrency: process, thread, loop
  std::string source = {};  // where the idea comes from
  std::string summary = {};
  std::string arm = {};  // of a comparison: "base" or "head"; empty: of none

  // What only a manifest says. Our own servers understand the options of
  // lib/options.h and are ready when they say so.
  Readiness readiness = Readiness::line;
  std::filesystem::path manifest = {};          // empty: servers/MODELS
  std::filesystem::path cwd = {};               // empty: that of sockmark
  std::map<std::string, std::string> env = {};  // beside that of sockmark
  std::optional<std::uint16_t> port = {};       // none: a free one
  bool keep_alive = true;                       // whether it can
  std::string path = "/";                       // of the request
  int expected_status = 200;
  std::optional<std::string> expected_body = {};  // none: any
  std::chrono::nanoseconds ready_timeout = std::chrono::seconds(10);
  int stop_signal = SIGTERM;
  std::chrono::nanoseconds stop_grace = std::chrono::seconds(2);

  // Takes the command line of our own servers: --port, --body, --work.
  bool is_built_in() const { return readiness == Readiness::line; }
};

}  // namespace sockmark
