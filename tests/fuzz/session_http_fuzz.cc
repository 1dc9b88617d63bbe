// libFuzzer's entry: a Session that is sent requests.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/session_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  sockmark::check_http_session({reinterpret_cast<const char*>(data), size});
  return 0;
}
