// A logarithmic axis of ratios around 1, whose ticks are changes in per cent.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <string>
#include <vector>

#include "harness/charts/axis.h"

namespace sockmark {

// How far from 1 the axis has to reach, as a logarithm, for `reaches` (of all
// rows, in any order) and at least `least`. What lies farther than most of the
// rows by far is off it, so that it does not press them together.
double fitting_reach(std::vector<double> reaches, double least);

// From exp(-reach) to exp(reach); ticks such as "-20 %", "0", "+100 %".
Axis ratio_axis(std::string label, double reach);

}  // namespace sockmark
