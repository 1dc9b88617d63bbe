// Request streams and what a Session must make of them, however they are cut.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "lib/options.h"
#include "lib/session.h"

namespace sockmark {

struct Exchange {
  std::string name;
  std::string input;
  std::string replies;  // without any 100: that one depends on the cut
  Want end = Want::read;
  Options options = {};
};

inline void PrintTo(const Exchange& exchange, std::ostream* out) {
  *out << exchange.name;
}

std::vector<Exchange> good_exchanges();
std::vector<Exchange> refused_exchanges();

}  // namespace sockmark
