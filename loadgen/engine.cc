#include "loadgen/engine.h"

#include "lib/error.h"
#include "loadgen/engine_epoll.h"
#include "loadgen/engine_uring.h"

namespace sockmark {

EngineKind choose_engine(EngineKind wanted, std::string& note) {
  if (wanted == EngineKind::epoll) return wanted;
  try {
    const LoadSpec spec;
    const Address address;
    const UringEngine trial(spec, address, 0, 1);
    return EngineKind::uring;
  } catch (const Unavailable& refusal) {
    note = std::string(refusal.what()) + ": using epoll";
    return EngineKind::epoll;
  }
}

std::unique_ptr<Engine> make_engine(const LoadSpec& spec,
                                    const Address& address, int thread,
                                    std::uint32_t connections) {
  if (spec.engine == EngineKind::uring) {
    return std::make_unique<UringEngine>(spec, address, thread, connections);
  }
  return std::make_unique<EpollEngine>(spec, address, thread, connections);
}

const char* to_string(EngineKind kind) {
  switch (kind) {
    case EngineKind::automatic:
      return "auto";
    case EngineKind::epoll:
      return "epoll";
    case EngineKind::uring:
      break;
  }
  return "uring";
}

}  // namespace sockmark
