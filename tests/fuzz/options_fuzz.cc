// libFuzzer's entry: loadgen's command line.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/options_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  sockmark::check_options({reinterpret_cast<const char*>(data), size});
  return 0;
}
