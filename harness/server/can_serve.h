// Which workloads a server can be given. Pure.
#pragma once

#include <string>

#include "harness/record/record.h"
#include "harness/server/server_spec.h"

namespace sockmark {

// Why this server is left out of this workload, as in "cannot keep connections
// open (its manifest says so)"; empty if it can serve it. Only our own servers
// take the options that set a reply's size and a handler's work.
std::string why_left_out(const ServerSpec& spec, const Workload& workload);

bool can_serve(const ServerSpec& spec, const Workload& workload);

}  // namespace sockmark
