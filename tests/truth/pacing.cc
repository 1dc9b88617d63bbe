// Claims about when requests are sent.
#include "tests/servers/running_server.h"
#include "tests/truth/claim.h"

namespace sockmark {
namespace {

using namespace std::chrono_literals;

std::vector<Finding> keeps_to_the_rate(const Generator& generator, int rate) {
  RunningServer server({SERVER_DIR "/epoll_lt"});
  const Report report = generator.run(
      server.port(), {"-c", "64", "--rate", std::to_string(rate), "-d", "5s"});
  const double achieved = report.at("/achieved/rate_per_second");
  return {
      time_at_most("lateness p50", report.at("/generator/lateness_ns/p50"),
                   10us),
      time_at_most("lateness p99", report.at("/generator/lateness_ns/p99"),
                   100us),
      number_within("requests per second", achieved, rate, 0.001),
  };
}

std::vector<Finding> at_1000(const Generator& generator) {
  return keeps_to_the_rate(generator, 1000);
}
std::vector<Finding> at_10000(const Generator& generator) {
  return keeps_to_the_rate(generator, 10'000);
}
std::vector<Finding> at_20000(const Generator& generator) {
  return keeps_to_the_rate(generator, 20'000);
}

}  // namespace

std::vector<Claim> pacing_claims() {
  return {
      {"rate_1000", at_1000, true},
      {"rate_10000", at_10000, true},
      {"rate_20000", at_20000, true},
  };
}

}  // namespace sockmark
