// Writes a million values of each shape as every file that we write of a
// histogram, and their exact percentiles, for scripts/truth-histograms.
//
//   histogram_samples FOLDER
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <fstream>

#include "loadgen/hdr_codec.h"
#include "loadgen/hdr_files.h"
#include "loadgen/histogram.h"
#include "tests/loadgen/shapes.h"

namespace sockmark {
namespace {

constexpr std::size_t kCount = 1'000'000;
constexpr std::size_t kIntervals = 10;

std::ofstream create(const std::string& path) {
  std::ofstream file;
  file.exceptions(std::ios::failbit | std::ios::badbit);
  file.open(path);
  return file;
}

Histogram write_intervals(const Values& values, std::ofstream log_file) {
  HlogWriter log(log_file, std::chrono::system_clock::time_point(
                               std::chrono::seconds(1'772'366'400)));
  Histogram histogram;
  Histogram earlier;
  for (std::size_t i = 0; i < values.size(); ++i) {
    histogram.record(values[i]);
    constexpr std::size_t kLength = kCount / kIntervals;
    if (i % kLength < kLength - 1) continue;
    log.write(static_cast<double>(i / kLength), 1, histogram.since(earlier));
    earlier = histogram;
  }
  return histogram;
}

void write_samples(const Shape& shape, const std::string& path) {
  Values values = draw(shape, kCount);
  const Histogram histogram = write_intervals(values, create(path + ".hlog"));
  create(path + ".hgrm") << to_hgrm(histogram);
  create(path + ".base64") << encode_hdr_v2(histogram) << '\n';
  std::ranges::sort(values);
  std::ofstream exact = create(path + ".exact");
  for (const std::size_t hundredths :
       {1U, 1'000U, 5'000U, 7'500U, 9'000U, 9'900U, 9'990U, 9'999U, 10'000U}) {
    exact << fmt::format("{}.{:02} {}\n", hundredths / 100, hundredths % 100,
                         exact_percentile(values, hundredths));
  }
}

}  // namespace
}  // namespace sockmark

int main(int argc, char** argv) try {
  if (argc != 2) {
    std::fputs("usage: histogram_samples FOLDER\n", stderr);
    return 2;
  }
  const std::string folder = argv[1];
  using namespace sockmark;
  write_samples({"lognormal", lognormal}, folder + "/lognormal");
  write_samples({"pareto", pareto}, folder + "/pareto");
  write_samples({"two_peaked", two_peaked}, folder + "/two_peaked");
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "histogram_samples: %s\n", error.what());
  return 1;
}
