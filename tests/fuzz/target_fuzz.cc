// libFuzzer's entry: the URLs of targets.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/target_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  sockmark::check_target({reinterpret_cast<const char*>(data), size});
  return 0;
}
