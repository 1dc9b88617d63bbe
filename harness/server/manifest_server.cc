#include "harness/server/manifest_server.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "harness/process/signal_name.h"
#include "harness/server/manifest.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

constexpr std::string_view kPort = "{port}";

bool has_port(const std::string& text) {
  return text.find(kPort) != std::string::npos;
}

// It becomes a column of tables, a label of charts and a word of --servers.
std::string name_of(const LocatedJson& json) {
  constexpr std::size_t kLongest = 40;
  constexpr std::string_view kAllowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.+-";
  std::string name = json.text();
  if (name.empty() || name.size() > kLongest || name[0] == '-' ||
      name.find_first_not_of(kAllowed) != std::string::npos) {
    json.refuse(
        fmt::format("a name of at most {} letters, digits and _ . + -, no dash "
                    "in front",
                    kLongest));
  }
  return name;
}

std::vector<std::string> command_of(const LocatedJson& json) {
  std::vector<std::string> command;
  for (const LocatedJson& word : json.items()) command.push_back(word.text());
  if (command.empty() || command[0].empty()) {
    json.refuse(R"(a program and its arguments such as ["node", "app.js"])");
  }
  return command;
}

std::map<std::string, std::string> environment_of(const LocatedJson& json) {
  std::map<std::string, std::string> variables;
  for (const auto& [name, value] : json.members()) {
    if (name.empty() || name.find('=') != std::string::npos) {
      value.fail("expected a variable's name, without '='");
    }
    variables.emplace(name, value.text());
  }
  return variables;
}

void read_request(const LocatedJson& json, ServerSpec& spec) {
  json.require_keys({"path"});
  const auto path = json.find("path");
  if (!path) return;
  spec.path = path->text();
  const auto is_odd = [](char byte) { return byte <= ' ' || byte == '\x7f'; };
  if (!spec.path.starts_with('/') ||
      std::any_of(spec.path.begin(), spec.path.end(), is_odd)) {
    path->refuse("a path such as \"/index.html\", without blanks");
  }
}

void read_expectation(const LocatedJson& json, ServerSpec& spec) {
  constexpr std::size_t kLongest = 100'000;  // it is an argument of loadgen
  json.require_keys({"status", "body"});
  if (const auto status = json.find("status")) {
    spec.expected_status = static_cast<int>(status->integer(200, 599));
  }
  if (const auto body = json.find("body")) {
    spec.expected_body = body->text();
    if (spec.expected_body->size() > kLongest) {
      body->refuse(fmt::format("a body of at most {} bytes", kLongest));
    }
  }
}

void read_stop(const LocatedJson& json, ServerSpec& spec) {
  json.require_keys({"signal", "grace"});
  if (const auto name = json.find("signal")) {
    const auto signal = stop_signal_named(name->text());
    if (!signal) name->refuse("one of " + stop_signal_names());
    spec.stop_signal = *signal;
  }
  if (const auto grace = json.find("grace")) {
    spec.stop_grace = grace->positive_duration();
  }
}

void read_protocol(const LocatedJson& json) {
  const std::string protocol = json.text();
  if (protocol == "http") return;
  if (protocol == "echo") {
    json.fail(
        "servers of one's own can be measured over \"http\" only, not "
        "yet over \"echo\"");
  }
  json.refuse("\"http\"");
}

// Where it listens is said in one of three places, or nowhere.
void require_port(const LocatedJson& json, const ServerSpec& spec) {
  const auto is_told = [](const auto& variable) {
    return has_port(variable.second);
  };
  if (spec.port ||
      std::any_of(spec.command.begin(), spec.command.end(), has_port) ||
      std::any_of(spec.env.begin(), spec.env.end(), is_told)) {
    return;
  }
  json.at("command").fail(
      "expected \"{port}\" in it or in a value of \"env\", where the server is "
      "told its port, or else the \"port\" that it always has");
}

void read_port(const LocatedJson& json, ServerSpec& spec) {
  const auto port = json.find("port");
  if (port) spec.port = static_cast<std::uint16_t>(port->integer(1, 65535));
}

}  // namespace

ServerSpec manifest_server(const LocatedJson& json,
                           const std::filesystem::path& file) {
  json.require_keys({"name", "summary", "command", "cwd", "env", "port",
                     "protocol", "keep_alive", "request", "expect",
                     "ready_timeout", "stop"});
  ServerSpec spec;
  spec.readiness = Readiness::reply;
  spec.manifest = file;
  spec.family = kUserFamily;
  spec.name = name_of(json.at("name"));
  spec.command = command_of(json.at("command"));
  spec.cwd = file.parent_path();
  if (const auto cwd = json.find("cwd")) spec.cwd /= cwd->text();
  if (const auto env = json.find("env")) spec.env = environment_of(*env);
  read_port(json, spec);
  require_port(json, spec);
  if (const auto protocol = json.find("protocol")) read_protocol(*protocol);
  if (const auto on = json.find("keep_alive")) spec.keep_alive = on->flag();
  if (const auto request = json.find("request")) read_request(*request, spec);
  if (const auto reply = json.find("expect")) read_expectation(*reply, spec);
  if (const auto limit = json.find("ready_timeout")) {
    spec.ready_timeout = limit->positive_duration();
  }
  if (const auto stop = json.find("stop")) read_stop(*stop, spec);
  const auto summary = json.find("summary");
  spec.summary = one_line(summary ? summary->text() : join(spec.command, " "));
  return spec;
}

}  // namespace sockmark
