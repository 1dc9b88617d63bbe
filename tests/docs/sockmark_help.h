// What sockmark --help says there is.
#pragma once

#include <chrono>
#include <regex>
#include <set>
#include <string>

#include "harness/process/child.h"

namespace sockmark {

using Names = std::set<std::string>;

inline const std::string kProgram = BUILD_DIR "/bin/sockmark";

struct Ran {
  bool is_clean = false;
  std::string out;
  std::string err;
};

inline Ran run(const std::string& command) {
  Child child({.argv = {"sh", "-c", command}, .cpus = {}});
  const auto ending = child.wait_for(std::chrono::seconds(60));
  return {ending && ending->clean(), child.out(), child.err()};
}

inline bool has_program(const std::string& name) {
  return run("command -v " + name).is_clean;
}

// Every first group of `pattern`.
inline Names all_matches(const std::string& text, const std::regex& pattern) {
  Names found;
  for (std::sregex_iterator match(text.begin(), text.end(), pattern), end;
       match != end; ++match) {
    found.insert((*match)[1]);
  }
  return found;
}

inline Names long_options(const std::string& text) {
  return all_matches(text, std::regex(R"((?:^|[^A-Za-z-])(--[a-z][a-z-]*))"));
}

inline std::string help_of(const std::string& command) {
  return run(kProgram + " " + command + " --help").out;
}

// Those that can follow a command: all verbs after none, "add" after
// "baseline".
inline Names parts_of(const std::string& command) {
  const std::string help = help_of(command);
  const std::size_t from = help.find("\nSubcommands:");
  if (from == std::string::npos) return {};
  return all_matches(help.substr(from), std::regex(R"(\n  ([a-z]+) )"));
}

inline const Names& verbs() {
  static const Names kVerbs = parts_of("");
  return kVerbs;
}

// Verbs, but "baseline add" and "baseline check" for "baseline".
inline const Names& commands() {
  static const Names kCommands = [] {
    Names all;
    for (const std::string& verb : verbs()) {
      const Names parts = parts_of(verb);
      if (parts.empty()) all.insert(verb);
      for (const std::string& part : parts) all.insert(verb + " " + part);
    }
    return all;
  }();
  return kCommands;
}

// Names stand at the margin, what is said of them further right.
inline Names options_of(const std::string& command) {
  const std::string help = help_of(command);
  Names options;
  for (const std::string& line :
       all_matches(help, std::regex(R"(\n {2}(-[^ \n]*))"))) {
    options.merge(long_options(line));
  }
  options.erase("--help");
  return options;
}

}  // namespace sockmark
