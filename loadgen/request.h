// The request, built once.
#pragma once

#include <string>

#include "loadgen/options.h"

namespace sockmark {

std::string build_request(const LoadSpec& spec);

}  // namespace sockmark
