// libFuzzer's entry: the parser of replies.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/reply_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  sockmark::check_replies({reinterpret_cast<const char*>(data), size});
  return 0;
}
