#include "harness/server/can_serve.h"

#include <fmt/format.h>

namespace sockmark {

std::string why_left_out(const ServerSpec& spec, const Workload& workload) {
  if (workload.keep_alive && !spec.keep_alive) {
    return "cannot keep connections open: \"keep_alive\" is false";
  }
  if (spec.is_built_in()) return "";
  if (workload.body_bytes != Workload{}.body_bytes) {
    return fmt::format(
        "replies with what it has, and cannot be asked for {} bytes",
        workload.body_bytes);
  }
  if (workload.work != Workload{}.work) {
    return fmt::format("cannot be asked for the work '{}'", workload.work);
  }
  return "";
}

bool can_serve(const ServerSpec& spec, const Workload& workload) {
  return why_left_out(spec, workload).empty();
}

}  // namespace sockmark
