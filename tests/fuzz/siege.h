// A server under several clients that send it odd inputs for a while.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/fuzz/seeds.h"
#include "tests/servers/model.h"

namespace sockmark {

struct Siege {
  std::chrono::seconds duration;
  std::uint64_t seed;  // of the mutations
};

struct Outcome {
  std::uint64_t inputs = 0;
  std::string fault;  // empty: the server survived
  std::string input;  // that brought the fault to light, if one did
};

// All of `seeds`, and then mutations of them. To survive, the server has to
// reply to each as a Session by itself does, to forget all clients, to answer a
// plain GET afterwards, and to end well, without a word on stderr. Stops at the
// first fault.
Outcome besiege(const ListedModel& model, const std::vector<Seed>& seeds,
                const Siege& siege);

}  // namespace sockmark
