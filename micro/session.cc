// What our own code costs a server per request: parsing and replying, no I/O.
#include "lib/session.h"

#include <string>
#include <string_view>

#include "micro/or_skip.h"

using namespace sockmark;

namespace {

constexpr std::string_view kRequest =
    "GET / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n";

// Feeds `input`, which holds this many requests, to one session over and over.
void exchange(benchmark::State& state, const Options& options,
              std::string_view input, int requests) {
  const Service service(options);
  Session session(service);
  while (state.KeepRunningBatch(requests)) {
    session.received(input);
    while (session.want() == Want::write) {
      benchmark::DoNotOptimize(session.output().data());
      session.sent(session.output().size());
    }
  }
  if (session.want() == Want::close) {
    state.SkipWithError("the session refused the request");
  }
}

void keep_alive(benchmark::State& state) { exchange(state, {}, kRequest, 1); }

void pipelined(benchmark::State& state) {
  constexpr int kDepth = 16;
  std::string requests;
  for (int i = 0; i < kDepth; ++i) requests += kRequest;
  exchange(state, {}, requests, kDepth);
}

void echo(benchmark::State& state) {
  Options options;
  options.protocol = Protocol::echo;
  exchange(state, options, kRequest, 1);
}

}  // namespace

BENCHMARK(or_skip<keep_alive>)->Name("keep_alive");
BENCHMARK(or_skip<pipelined>)->Name("pipelined_16");
BENCHMARK(or_skip<echo>)->Name("echo");
BENCHMARK_MAIN();
