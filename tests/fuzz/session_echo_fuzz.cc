// libFuzzer's entry: a Session that echoes.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/session_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  sockmark::check_echo_session({reinterpret_cast<const char*>(data), size});
  return 0;
}
