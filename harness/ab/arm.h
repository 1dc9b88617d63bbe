// The two sides of a comparison in the records: servers are named "poll@base"
// and "poll@head" there. Pure, and the only place that makes such names or
// takes them apart.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "harness/record/record.h"
#include "harness/server/server_spec.h"

namespace sockmark {

enum class Arm { base, head };
inline constexpr std::array kArms = {Arm::base, Arm::head};
std::string_view to_string(Arm arm);

// "poll@head"
std::string name_in(Arm arm, const std::string& server);

// The server under this name, and marked as one of the arm.
ServerSpec placed_in(Arm arm, ServerSpec server);

// "poll" again: the name without the arm that it is said to have.
std::string server_of(const ServerIdentity& server);
std::string server_of(const ServerSpec& server);

// Those of this arm, under the servers' own names.
std::vector<TrialRecord> trials_of(Arm arm,
                                   const std::vector<TrialRecord>& trials);

}  // namespace sockmark
