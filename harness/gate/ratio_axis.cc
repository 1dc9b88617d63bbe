#include "harness/gate/ratio_axis.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace sockmark {
namespace {

// So many ticks have room side by side.
constexpr double kPlaces = 15;

// Outwards from where ticks begin, each that is far enough from the one before.
class Ticks {
 public:
  Ticks(Axis& axis, double reach) : axis_(axis), reach_(reach) {}

  bool has_room_for(double percent) const {
    const double place = std::log1p(percent / 100);
    return std::abs(place) <= reach_ &&
           std::abs(place - last_) >= 2 * reach_ / kPlaces;
  }

  void add(double percent) {
    last_ = std::log1p(percent / 100);
    axis_.ticks.push_back(
        {std::exp(last_),
         fmt::format("{:+.{}f} %", percent, std::abs(percent) < 1 ? 1 : 0)});
  }

 private:
  Axis& axis_;
  double reach_;
  double last_ = 0;
};

}  // namespace

double fitting_reach(std::vector<double> reaches, double least) {
  constexpr double kTooFar = 4;
  constexpr double kQuartile = 0.75;
  constexpr double kHeadroom = 1.08;
  if (reaches.empty()) return least;
  std::sort(reaches.begin(), reaches.end());
  const auto at = static_cast<std::size_t>(
      kQuartile * static_cast<double>(reaches.size() - 1));
  const double usual = std::max(reaches[at], least);
  return std::max(least, kHeadroom * std::min(reaches.back(), kTooFar * usual));
}

Axis ratio_axis(std::string label, double reach) {
  Axis axis{.label = std::move(label),
            .is_log = true,
            .least = std::exp(-reach),
            .most = std::exp(reach),
            .ticks = {{1, "0"}}};
  Ticks more(axis, reach), less(axis, reach);
  // As far as they can be, the same on both sides.
  for (const double percent :
       {0.1, 0.2, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 20.0, 30.0, 50.0}) {
    if (!more.has_room_for(percent) || !less.has_room_for(-percent)) continue;
    more.add(percent);
    less.add(-percent);
  }
  for (const double percent : {100.0, 200.0, 400.0, 900.0, 1'900.0, 4'900.0}) {
    if (more.has_room_for(percent)) more.add(percent);
  }
  for (const double percent : {-75.0, -90.0, -95.0, -98.0}) {
    if (less.has_room_for(percent)) less.add(percent);
  }
  return axis;
}

}  // namespace sockmark
