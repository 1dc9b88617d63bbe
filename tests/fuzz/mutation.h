// Inputs made of others, for what has no coverage to go by.
#pragma once

#include <string>
#include <vector>

#include "tests/fuzz/seeds.h"
#include "tests/fuzz/visit.h"

namespace sockmark {

// So few that what is replied to them fits the sockets on the way: a client
// that only sends, and only then reads, may otherwise wait for ever.
inline constexpr std::size_t kMostMutatedBytes = 16 * 1024;

// One of `seeds` with a few bytes flipped, cut off, repeated, or taken from
// another.
std::string mutated(const std::vector<Seed>& seeds, Random& random);

}  // namespace sockmark
