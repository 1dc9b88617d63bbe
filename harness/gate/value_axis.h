// An axis for values of which nothing but their place among each other matters.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include "harness/charts/axis.h"

namespace sockmark {

// Linear, from a little below `least` to a little above `most`, not from 0;
// three to five ticks with as many decimals as tell them apart.
Axis value_axis(double least, double most);

}  // namespace sockmark
