#include "harness/machine/machine_counts.h"

#include <cctype>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "harness/process/proc_file.h"

namespace sockmark {
namespace {

std::vector<std::string> words_of(const std::string& line) {
  std::istringstream words(line);
  return {std::istream_iterator<std::string>(words), {}};
}

// The words after `name` of the lines that begin with it.
std::vector<std::vector<std::string>> rows_of(std::string_view text,
                                              std::string_view name) {
  std::vector<std::vector<std::string>> rows;
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    auto words = words_of(line);
    if (words.empty() || words[0] != name) continue;
    words.erase(words.begin());
    rows.push_back(std::move(words));
  }
  return rows;
}

std::optional<std::int64_t> number_in(const std::string& word) {
  return number_after("= " + word, "=");
}

}  // namespace

std::optional<CpuTicks> parse_cpu_ticks(std::string_view stat) {
  constexpr std::size_t kWithoutSteal = 7;
  const auto rows = rows_of(stat, "cpu");
  if (rows.size() != 1 || rows[0].size() < kWithoutSteal) return std::nullopt;
  std::vector<std::int64_t> fields;
  for (const std::string& word : rows[0]) {
    fields.push_back(number_in(word).value_or(0));
  }
  CpuTicks ticks{.user = fields[0],
                 .nice = fields[1],
                 .system = fields[2],
                 .idle = fields[3],
                 .iowait = fields[4],
                 .irq = fields[5],
                 .softirq = fields[6],
                 .steal = std::nullopt};
  if (fields.size() > kWithoutSteal) ticks.steal = fields[kWithoutSteal];
  std::istringstream lines{std::string(stat)};
  for (std::string line; std::getline(lines, line);) {
    const bool is_of_one = line.size() > 3 && line.starts_with("cpu") &&
                           std::isdigit(static_cast<unsigned char>(line[3]));
    if (is_of_one) ++ticks.cpus;
  }
  return ticks;
}

std::optional<std::int64_t> parse_forks(std::string_view stat) {
  return number_after(stat, "processes");
}

// "some avg10=3.13 avg60=1.53 avg300=1.61 total=7543166553", in microseconds.
std::optional<std::int64_t> parse_cpu_pressure_ns(std::string_view pressure) {
  constexpr std::string_view kTotal = "total=";
  constexpr std::int64_t kMicrosecond = 1000;
  for (const auto& row : rows_of(pressure, "some")) {
    for (const std::string& word : row) {
      if (!word.starts_with(kTotal)) continue;
      const auto total = number_in(word.substr(kTotal.size()));
      if (total) return *total * kMicrosecond;
    }
  }
  return std::nullopt;
}

std::optional<std::int64_t> parse_net_table(std::string_view text,
                                            std::string_view table,
                                            std::string_view column) {
  const auto rows = rows_of(text, table);
  if (rows.size() != 2) return std::nullopt;
  for (std::size_t i = 0; i < rows[0].size() && i < rows[1].size(); ++i) {
    if (rows[0][i] == column) return number_in(rows[1][i]);
  }
  return std::nullopt;
}

// "TCP: inuse 1 orphan 0 tw 0 alloc 1 mem 35"
std::optional<std::int64_t> parse_time_wait(std::string_view sockstat) {
  for (const auto& row : rows_of(sockstat, "TCP:")) {
    for (std::size_t i = 0; i + 1 < row.size(); i += 2) {
      if (row[i] == "tw") return number_in(row[i + 1]);
    }
  }
  return std::nullopt;
}

}  // namespace sockmark
