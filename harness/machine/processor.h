// Which processor it is.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "harness/machine/fact.h"

namespace sockmark {

// As /proc/cpuinfo has it. On ARM, which names no model, the figures are those
// that the kernel gives there: implementer, architecture, part and revision.
struct Processor {
  Fact<std::string> model;  // "AMD EPYC 7B13"
  Fact<std::string> vendor;
  Fact<std::string> family;
  Fact<std::string> model_number;
  Fact<std::string> stepping;
  Fact<std::string> microcode;
  Fact<bool> hypervisor;  // whether it says that it is a virtual one
  Fact<std::int64_t> hz;  // at this moment, of the first one
};

Processor parse_processor(std::string_view cpuinfo);

}  // namespace sockmark
