// What a self-check found: for people, and for programs. Pure.
#pragma once

#include <string>

#include "harness/ab/selfcheck.h"

namespace sockmark {

std::string to_text(const Selfcheck& check);

// One object, as docs/formats.md explains it, with a line end.
std::string to_json(const Selfcheck& check);

}  // namespace sockmark
