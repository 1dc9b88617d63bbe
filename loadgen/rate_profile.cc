#include "loadgen/rate_profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <stdexcept>

#include "lib/duration.h"

namespace sockmark {
namespace {

constexpr double kHighestRate = 1e9;  // the clock has no finer ticks
constexpr double kNsPerSecond = 1e9;
constexpr Nanoseconds kForever = 1'000'000'000'000'000'000;  // 31 years

double seconds(Nanoseconds time) {
  return static_cast<double>(time) / kNsPerSecond;
}

RateStage parse_stage(std::string_view text) {
  RateStage stage;
  const std::string_view rates = text.substr(0, text.find('@'));
  if (rates.size() < text.size()) {
    stage.duration = parse_duration(text.substr(rates.size() + 1)).count();
  }
  const std::string_view from = rates.substr(0, rates.find(':'));
  stage.from = stage.to = parse_rate(from);
  if (from.size() < rates.size()) {
    stage.to = parse_rate(rates.substr(from.size() + 1));
  }
  return stage;
}

}  // namespace

double parse_rate(std::string_view text) {
  double rate = 0;
  const auto [end, error] = std::from_chars(
      text.data(), text.data() + text.size(), rate, std::chars_format::fixed);
  const std::string_view suffix =
      text.substr(static_cast<std::size_t>(end - text.data()));
  if (suffix == "k") rate *= 1e3;
  if (suffix == "M") rate *= 1e6;
  const bool has_unit = suffix.empty() || suffix == "k" || suffix == "M";
  // Written so that it is false for a NaN.
  if (error == std::errc() && has_unit && rate > 0 && rate <= kHighestRate) {
    return rate;
  }
  throw std::invalid_argument(fmt::format(
      "bad rate '{}': expected a number per second above 0 and at most 1000M, "
      "as in 1000, 0.5, 2.5k or 1M",
      text));
}

RateProfile parse_rate_profile(std::string_view text) {
  std::vector<RateStage> stages;
  for (std::string_view rest = text;;) {
    const std::size_t comma = rest.find(',');
    stages.push_back(parse_stage(rest.substr(0, comma)));
    if (comma == std::string_view::npos) break;
    rest.remove_prefix(comma + 1);
  }
  return RateProfile(stages);
}

RateProfile::RateProfile(const std::vector<RateStage>& stages) {
  if (stages.empty()) throw std::invalid_argument("a rate needs a stage");
  Piece piece;
  for (const RateStage& stage : stages) {
    if (!stage.duration && stages.size() > 1) {
      throw std::invalid_argument(
          "a rate in stages: expected a duration for each, as in "
          "1k@10s,1k:5k@20s");
    }
    piece.from = stage.from;
    piece.to = stage.to;
    piece.duration = stage.duration.value_or(kForever);
    if (piece.duration <= 0 || piece.duration > kForever - piece.begin) {
      throw std::invalid_argument(
          "a rate's stages: expected durations above 0 and, in all, at most "
          "31 years");
    }
    pieces_.push_back(piece);
    piece.arrivals_before += piece.arrivals_in(piece.begin + piece.duration);
    piece.begin += piece.duration;
  }
  if (stages.front().duration) total_duration_ = piece.begin;
}

RateProfile RateProfile::with_duration(Nanoseconds duration) const {
  if (total_duration_) {
    throw std::invalid_argument(
        "the rate's stages have durations of their own: give no other");
  }
  const Piece& only = pieces_.front();
  return RateProfile({{only.from, only.to, duration}});
}

Nanoseconds RateProfile::end() const {
  return pieces_.back().begin + pieces_.back().duration;
}

double RateProfile::Piece::slope() const {
  return (to - from) / seconds(duration);
}

double RateProfile::Piece::arrivals_in(Nanoseconds time) const {
  const double elapsed = seconds(time - begin);
  return elapsed * (from + slope() * elapsed / 2);
}

const RateProfile::Piece& RateProfile::piece_at(Nanoseconds time) const {
  const auto after =
      std::ranges::upper_bound(pieces_, time, std::less<>(), &Piece::begin);
  return after == pieces_.begin() ? pieces_.front() : *(after - 1);
}

double RateProfile::rate_at(Nanoseconds time) const {
  if (time < 0) return pieces_.front().from;
  if (time >= end()) return 0;
  const Piece& piece = piece_at(time);
  return piece.from + piece.slope() * seconds(time - piece.begin);
}

double RateProfile::arrivals_until(Nanoseconds time) const {
  if (time < 0) return pieces_.front().from * seconds(time);
  const Nanoseconds until = std::min(time, end());
  const Piece& piece = piece_at(until);
  return piece.arrivals_before + piece.arrivals_in(until);
}

Nanoseconds RateProfile::time_of(double arrivals) const {
  if (arrivals < 0) {
    const double before = arrivals * kNsPerSecond / pieces_.front().from;
    return std::llround(std::max(before, -static_cast<double>(kForever)));
  }
  const auto after = std::ranges::upper_bound(pieces_, arrivals, std::less<>(),
                                              &Piece::arrivals_before);
  const Piece& piece = *(after - 1);
  const double left = arrivals - piece.arrivals_before;
  // The root of slope/2 x^2 + from x = left in the form that cancels nothing,
  // and that is left / from without a slope.
  const double square =
      std::max(0.0, piece.from * piece.from + 2 * piece.slope() * left);
  const double ns = 2 * kNsPerSecond * left / (piece.from + std::sqrt(square));
  return piece.begin +
         std::llround(std::min(ns, static_cast<double>(piece.duration)));
}

}  // namespace sockmark
