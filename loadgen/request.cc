#include "loadgen/request.h"

namespace sockmark {

std::string build_request(const LoadSpec& spec) {
  std::string request = "GET " + spec.target.path +
                        " HTTP/1.1\r\nHost: " + spec.target.authority() +
                        "\r\n";
  if (spec.close) request += "Connection: close\r\n";
  return request + "\r\n";
}

}  // namespace sockmark
