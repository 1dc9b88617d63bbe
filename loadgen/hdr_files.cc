#include "loadgen/hdr_files.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <stdexcept>

#include "loadgen/hdr_codec.h"

namespace sockmark {
namespace {

constexpr double kTicksPerHalfDistance = 5;

double milliseconds(double nanoseconds) { return nanoseconds / 1e6; }

// From one percentile of the file to the next.
double step_from(double percent) {
  const double halvings = std::floor(std::log2(100 / (100 - percent)));
  return 100 / (kTicksPerHalfDistance * std::exp2(halvings + 1));
}

// `1/(1-Percentile)` is left out of the last line, where it is infinite.
std::string row(double value_ns, double percent, std::uint64_t count) {
  const double share = percent / 100;
  std::string text = fmt::format("{:12.6f} {:2.12f} {:10}",
                                 milliseconds(value_ns), share, count);
  if (share < 1) text += fmt::format(" {:14.2f}", 1 / (1 - share));
  return text + "\n";
}

std::string rows(const Histogram& histogram) {
  const std::uint64_t total = histogram.count();
  if (total == 0) return {};
  const auto max = static_cast<double>(histogram.max());
  std::string text;
  std::uint64_t seen = 0;
  double percent = 0;
  for (std::size_t i = 0; seen < total; ++i) {
    if (histogram.counts()[i] == 0) continue;
    seen += histogram.counts()[i];
    const double value =
        std::min(static_cast<double>(Histogram::highest_at(i)), max);
    const double reached =
        100 * static_cast<double>(seen) / static_cast<double>(total);
    while (percent <= reached) {
      text += row(value, percent, seen);
      percent += step_from(percent);
      if (seen == total) break;
    }
  }
  return text + row(max, 100, total);
}

}  // namespace

std::string to_hgrm(const Histogram& histogram) {
  // As many doublings of the first bucket as it takes to pass the highest.
  constexpr int kBuckets =
      std::bit_width(static_cast<std::uint64_t>(Histogram::kHighest)) -
      Histogram::kSubBucketBits + 1;
  return "       Value     Percentile TotalCount 1/(1-Percentile)\n\n" +
         rows(histogram) +
         fmt::format(
             "#[Mean    = {:12.6f}, StdDeviation   = {:12.6f}]\n"
             "#[Max     = {:12.6f}, Total count    = {:12}]\n"
             "#[Buckets = {:12}, SubBuckets     = {:12}]\n",
             milliseconds(histogram.mean()),
             milliseconds(histogram.standard_deviation()),
             milliseconds(static_cast<double>(histogram.max())),
             histogram.count(), kBuckets, 1 << Histogram::kSubBucketBits);
}

HlogWriter::HlogWriter(std::ostream& out,
                       std::chrono::system_clock::time_point start)
    : out_(out) {
  const std::chrono::duration<double> since_epoch = start.time_since_epoch();
  out_ << fmt::format(
      "#[Histogram log format version 1.3]\n"
      "#[StartTime: {:.3f} (seconds since epoch), {:%Y-%m-%dT%H:%M:%SZ}]\n"
      "\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\","
      "\"Interval_Compressed_Histogram\"\n",
      since_epoch.count(),
      fmt::gmtime(std::chrono::system_clock::to_time_t(start)));
}

void HlogWriter::write(double start_s, double length_s,
                       const Histogram& histogram, std::string_view tag) {
  if (tag.find_first_of(", \t\r\n") != std::string_view::npos) {
    throw std::invalid_argument(
        fmt::format("bad tag '{}': expected no comma or white space", tag));
  }
  if (!tag.empty()) out_ << "Tag=" << tag << ',';
  out_ << fmt::format("{:.3f},{:.3f},{:.3f},{}\n", start_s, length_s,
                      milliseconds(static_cast<double>(histogram.max())),
                      encode_hdr_v2(histogram));
}

}  // namespace sockmark
