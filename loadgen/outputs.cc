#include "loadgen/outputs.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <stdexcept>

#include "lib/duration.h"
#include "loadgen/report.h"

namespace sockmark {
namespace {

constexpr double kSecond = 1e9;

std::ofstream open(const std::string& file) {
  std::ofstream out(file);
  if (!out) throw std::runtime_error("cannot write " + file);
  return out;
}

}  // namespace

Outputs::Outputs(const LoadSpec& spec)
    : spec_(spec), is_live_(!spec.quiet && isatty(STDERR_FILENO) != 0) {
  if (!spec.json_file.empty() && spec.json_file != "-") {
    json_ = open(spec.json_file);
  }
  if (!spec.series_file.empty()) series_ = open(spec.series_file);
  if (spec.hdr_file.ends_with(".hgrm")) hgrm_ = open(spec.hdr_file);
  if (spec.hdr_file.ends_with(".hlog")) {
    hlog_ = open(spec.hdr_file);
    hlog_writer_.emplace(*hlog_,
                         std::chrono::system_clock::now() + spec.warmup);
  }
}

bool Outputs::follows() const {
  return is_live_ || series_ || hlog_writer_.has_value();
}

void Outputs::interval(const IntervalRow& row) {
  if (is_live_) show_live(row);
  if (series_) *series_ << to_json_line(row) << std::endl;
  if (hlog_writer_) {
    hlog_writer_->write(static_cast<double>(row.start) / kSecond,
                        static_cast<double>(row.length) / kSecond, row.latency);
  }
}

// Short enough for a narrow window.
void Outputs::show_live(const IntervalRow& row) {
  const double seconds = static_cast<double>(row.length) / kSecond;
  const Nanoseconds left =
      std::max<Nanoseconds>(0, spec_.duration.count() - row.start - row.length);
  const std::string p99 = row.latency.supports(99)
                              ? format_duration(std::chrono::nanoseconds(
                                    row.latency.percentile(99)))
                              : "unknown";
  erase_live();
  std::cerr << fmt::format("{:.0f} req/s, {} errors, p99 {}, {:.0f} s left",
                           static_cast<double>(row.completed) / seconds,
                           row.errors, p99, static_cast<double>(left) / kSecond)
            << std::flush;
  has_live_line_ = true;
}

void Outputs::erase_live() {
  if (has_live_line_) std::cerr << "\r\033[K";
  has_live_line_ = false;
}

void Outputs::finish(const Tally& tally, const LoadVerdict& verdict,
                     const std::vector<ObjectiveResult>& objectives) {
  erase_live();
  if (!spec_.quiet) std::cerr << to_text(spec_, tally, verdict, objectives);
  if (!spec_.json_file.empty()) {
    (json_ ? *json_ : std::cout)
        << to_json(spec_, tally, verdict, objectives) << std::endl;
  }
  if (hgrm_) *hgrm_ << to_hgrm(tally.total) << std::flush;
  require_written();
}

// As when the disk is full.
void Outputs::require_written() const {
  const auto check = [](const std::string& file, const std::ostream& out) {
    if (!out) throw std::runtime_error("cannot write all of " + file);
  };
  if (json_) check(spec_.json_file, *json_);
  if (spec_.json_file == "-") check("the result to stdout", std::cout);
  if (series_) check(spec_.series_file, *series_);
  if (hgrm_) check(spec_.hdr_file, *hgrm_);
  if (hlog_) check(spec_.hdr_file, *hlog_);
}

}  // namespace sockmark
