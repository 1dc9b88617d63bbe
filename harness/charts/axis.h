// The axes of line charts: where they begin and end, and what their ticks say.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <string>
#include <vector>

namespace sockmark {

struct Tick {
  double at = 0;
  std::string text;
};

struct Axis {
  std::string label;  // what it shows, with its unit
  bool is_log = false;
  double least = 0;
  double most = 1;
  std::vector<Tick> ticks = {};
};

// From 0 to what `most` needs; ticks at 1, 2 or 5 times a power of ten.
Axis linear_axis(std::string label, double most);

// From about `least` to about `most`, wherever 0 is; the same ticks.
Axis range_axis(std::string label, double least, double most);

// From `least` to `most`, both above 0; ticks at powers of ten, and between
// them where there are few.
Axis log_axis(std::string label, double least, double most);

// Logarithmic, with ticks at the values themselves, as many as there is room
// for; `binary` ones are "64 Ki". 0 has no place on a logarithmic axis and gets
// one to the left of it.
Axis values_axis(std::string label, std::vector<double> values,
                 bool binary = false);

// Where a value is drawn on such an axis: itself, but for 0.
double place_on(const Axis& axis, double value);

// "0", "16", "1.5k", "20k", "1M": at most three digits and the power.
std::string compact(double value);

}  // namespace sockmark
