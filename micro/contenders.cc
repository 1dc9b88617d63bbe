#include "micro/contenders.h"

#include <fmt/format.h>

#include <cstdio>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "harness/process/find_program.h"
#include "harness/tool/tool.h"
#include "harness/tool/wrk_report.h"

namespace sockmark {
namespace {

using Arguments = std::vector<std::string>;

// The number behind the first `label`, however many blanks are between.
double number_after(const std::string& text, const std::string& label) {
  const std::size_t at = text.find(label);
  if (at == std::string::npos) {
    throw std::runtime_error(fmt::format("no '{}' in its output", label));
  }
  return std::strtod(text.c_str() + at + label.size(), nullptr);
}

// The number before the first `label`, which starts with a blank.
double number_before(const std::string& text, const std::string& label) {
  const std::size_t end = text.find(label);
  if (end == std::string::npos || end == 0) {
    throw std::runtime_error(fmt::format("no '{}' in its output", label));
  }
  const std::size_t before = text.find_last_of(" \n", end - 1);
  const std::size_t start = before == std::string::npos ? 0 : before + 1;
  return std::strtod(text.c_str() + start, nullptr);
}

Account read_loadgen(const std::string& out, const Load& /*load*/) {
  const auto report = nlohmann::json::parse(out);
  const auto& requests = report.at("requests");
  Account account{.requests = requests.at("completed"),
                  .requests_per_second = report.at("requests_per_second"),
                  .waits = report.at("generator").at("waits"),
                  .doubt = doubt_in(out)};
  for (const auto& errors : requests.at("errors")) {
    account.errors += errors.get<double>();
  }
  return account;
}

Contender loadgen(const std::string& engine) {
  return {.name = "loadgen " + engine,
          .program = LOADGEN,
          .package = "",
          .arguments =
              [engine](const Load& load, const std::string& url) {
                Arguments options = {"-c", std::to_string(load.connections),
                                     "-d",
                                     fmt::format("{}s", load.duration.count())};
                if (!load.keep_alive) options.emplace_back("--close");
                return loadgen_arguments(engine, options, url);
              },
          .read = read_loadgen};
}

Contender bare(const std::string& engine) {
  return {
      .name = "bare " + engine,
      .program = BARE_CLIENT_PREFIX + engine,
      .package = "",
      .arguments = [](const Load& load, const std::string& url) -> Arguments {
        // "http://127.0.0.1:41231/"
        const std::size_t start = url.rfind(':') + 1;
        return {url.substr(start, url.rfind('/') - start),
                std::to_string(load.connections),
                std::to_string(load.duration.count())};
      },
      .read =
          [](const std::string& out, const Load& load) {
            const double requests = number_before(out, " requests");
            return Account{
                .requests = requests,
                .requests_per_second =
                    requests / static_cast<double>(load.duration.count())};
          }};
}

Arguments wrk_arguments(const Load& load, const std::string& url) {
  Arguments arguments = {"-t1", fmt::format("-c{}", load.connections),
                         fmt::format("-d{}s", load.duration.count())};
  if (!load.keep_alive) {
    arguments.insert(arguments.end(), {"-H", "Connection: close"});
  }
  arguments.push_back(url);
  return arguments;
}

Account read_wrk(const std::string& out, const Load& /*load*/) {
  const WrkReport report = read_wrk_report(out);
  return {.requests = static_cast<double>(report.requests - report.bad_status),
          .requests_per_second = report.requests_per_second,
          .errors =
              static_cast<double>(report.connect + report.read + report.write +
                                  report.timeout + report.bad_status)};
}

Arguments h2load_arguments(const Load& load, const std::string& url) {
  Arguments arguments = {"--h1", "-t1", fmt::format("-c{}", load.connections),
                         fmt::format("-D{}", load.duration.count())};
  if (!load.keep_alive) {
    arguments.insert(arguments.end(), {"-H", "Connection: close"});
  }
  arguments.push_back(url);
  return arguments;
}

Account read_h2load(const std::string& out, const Load& /*load*/) {
  return {.requests = number_before(out, " succeeded,"),
          .requests_per_second = number_before(out, " req/s,"),
          .errors = number_before(out, " failed,")};
}

// -t stands before -n, which it would reset; -n is more than there will be.
Arguments ab_arguments(const Load& load, const std::string& url) {
  Arguments arguments = {
      "-q", "-r",       "-t", std::to_string(load.duration.count()),
      "-n", "10000000", "-c", std::to_string(load.connections)};
  if (load.keep_alive) arguments.emplace_back("-k");
  arguments.push_back(url);
  return arguments;
}

Account read_ab(const std::string& out, const Load& /*load*/) {
  const double failed = number_after(out, "Failed requests:");
  return {.requests = number_after(out, "Complete requests:") - failed,
          .requests_per_second = number_after(out, "Requests per second:"),
          .errors = failed};
}

}  // namespace

std::string doubt_in(const std::string& report) {
  const auto verdict = nlohmann::json::parse(report).at("verdict");
  if (verdict.at("status") == "valid") return "";
  return fmt::format("{}: {}", verdict.at("status").get<std::string>(),
                     fmt::join(verdict.at("reasons").get<Arguments>(), "; "));
}

Arguments loadgen_arguments(const std::string& engine, const Arguments& options,
                            const std::string& url) {
  Arguments arguments = options;
  arguments.insert(arguments.end(),
                   {"--engine", engine, "-q", "--json", "-", url});
  return arguments;
}

std::vector<Contender> installed_contenders() {
  std::vector<Contender> present = {loadgen("uring"), loadgen("epoll"),
                                    bare("uring"), bare("epoll")};
  for (Contender& other : std::vector<Contender>{
           {"wrk", "wrk", "wrk", wrk_arguments, read_wrk},
           {"h2load", "h2load", "nghttp2-client", h2load_arguments,
            read_h2load},
           {"ab", "ab", "apache2-utils", ab_arguments, read_ab}}) {
    if (find_program(other.program)) {
      present.push_back(std::move(other));
    } else {
      fmt::print("*** {} is not installed (apt-get install {}): left out\n",
                 other.name, other.package);
    }
  }
  return present;
}

}  // namespace sockmark
