#include "harness/doctor/doctor_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/record/record.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

using Json = nlohmann::ordered_json;

// SGR parameters (ECMA-48, 8.3.117).
constexpr const char* kBold = "1";
constexpr const char* kRed = "31";
constexpr const char* kDim = "2";

class Page {
 public:
  explicit Page(const TerminalStyle& style) : style_(style) {}

  void line(std::string_view text, const char* sgr = "") {
    if (style_.colour && *sgr != '\0') {
      text_ += fmt::format("\033[{}m{}\033[0m\n", sgr, text);
    } else {
      text_ += fmt::format("{}\n", text);
    }
  }

  // Lines begin with `first`, and with as much space after that.
  void paragraph(std::string_view first, std::string_view text,
                 const char* sgr = "") {
    std::string begin(first);
    for (const std::string& part : wrap(text, style_.width - begin.size())) {
      line(begin + part, sgr);
      begin.assign(begin.size(), ' ');
    }
  }

  std::string text() const { return text_; }

 private:
  TerminalStyle style_;
  std::string text_;
};

std::string count(std::size_t number, const std::string& what) {
  return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s");
}

void put_summary(const DoctorFindings& findings, Page& page) {
  const auto unfit = static_cast<std::size_t>(std::count_if(
      findings.begin(), findings.end(), [](const DoctorFinding& finding) {
        return finding.severity == DoctorFinding::Severity::unfit;
      }));
  const std::string notes = count(findings.size() - unfit, "note");
  if (unfit == 0) {
    page.paragraph("", "This machine is fit to measure on: " + notes + ".",
                   kBold);
  } else {
    page.paragraph("",
                   "This machine is not fit to measure on: " +
                       count(unfit, "fault") + ", " + notes + ".",
                   kBold);
  }
}

void put_finding(const DoctorFinding& finding, Page& page) {
  const bool is_unfit = finding.severity == DoctorFinding::Severity::unfit;
  page.line("");
  page.paragraph(is_unfit ? "unfit  " : "note   ", finding.what,
                 is_unfit ? kRed : "");
  page.paragraph("       ", finding.why, kDim);
  // Whole, to be copied.
  if (!finding.command.empty()) page.line("       $ " + finding.command);
}

std::string ratio(const Noise& noise) {
  return fmt::format("{:.3f} [{:.3f}, {:.3f}]", noise.ratio.median,
                     noise.ratio.low, noise.ratio.high);
}

// "4.1 % of req/s apart, and 1.9 % of CPU per request"
std::string told_apart(const WorkloadNoise& noise) {
  std::vector<std::string> parts;
  const auto add = [&parts](const std::optional<Noise>& figure,
                            const std::string& name) {
    if (!figure) return;
    parts.push_back(format_percent(figure->smallest_difference) + " of " +
                    name);
  };
  add(noise.requests_per_second, "req/s");
  add(noise.cpu_per_request, "CPU per request");
  return join(parts, " and ");
}

void put_figure(const std::string& name, const std::optional<Noise>& noise,
                int pairs, Page& page) {
  if (!noise) return;
  page.paragraph(
      "       ",
      fmt::format("{}: spread {}, {} within pairs; A/A {} of {} pairs", name,
                  format_percent(noise->spread),
                  format_percent(noise->paired_spread), ratio(*noise), pairs),
      kDim);
}

void put_noise(const Diagnosis& diagnosis, Page& page) {
  if (diagnosis.noise.empty()) return;
  page.line("");
  page.paragraph("", "Noise: " + diagnosis.server + " against itself", kBold);
  for (const WorkloadNoise& noise : diagnosis.noise) {
    const std::string begin = fmt::format("{:<7}", noise.workload);
    if (noise.requests_per_second || noise.cpu_per_request) {
      page.paragraph(begin, fmt::format("At {} rounds this machine can tell {} "
                                        "apart.",
                                        kNoiseRounds, told_apart(noise)));
    }
    put_figure("req/s", noise.requests_per_second, noise.pairs, page);
    put_figure("CPU per request", noise.cpu_per_request, noise.pairs, page);
    if (!noise.why_not.empty()) {
      page.paragraph("       ", "not all could be had: " + noise.why_not);
    }
  }
}

Json to_json(const DoctorFinding& finding) {
  return {
      {"id", finding.id},
      {"severity",
       finding.severity == DoctorFinding::Severity::unfit ? "unfit" : "note"},
      {"what", finding.what},
      {"why", finding.why},
      {"command",
       finding.command.empty() ? Json(nullptr) : Json(finding.command)}};
}

Json to_json(const std::optional<Noise>& noise) {
  if (!noise) return nullptr;
  return {{"spread", noise->spread},
          {"paired_spread", noise->paired_spread},
          {"ratio",
           {{"median", noise->ratio.median},
            {"low", noise->ratio.low},
            {"high", noise->ratio.high},
            {"coverage", noise->ratio.coverage}}},
          {"smallest_difference", noise->smallest_difference}};
}

Json to_json(const WorkloadNoise& noise) {
  return {
      {"workload", noise.workload},
      {"pairs", noise.pairs},
      {"requests_per_second", to_json(noise.requests_per_second)},
      {"cpu_per_request", to_json(noise.cpu_per_request)},
      {"why_not", noise.why_not.empty() ? Json(nullptr) : Json(noise.why_not)}};
}

}  // namespace

std::string to_text(const Diagnosis& diagnosis, const TerminalStyle& style) {
  Page page(style);
  put_summary(diagnosis.findings, page);
  for (const DoctorFinding& finding : diagnosis.findings)
    put_finding(finding, page);
  put_noise(diagnosis, page);
  return page.text();
}

std::string to_json(const Diagnosis& diagnosis,
                    const Environment& environment) {
  Json findings = Json::array();
  for (const DoctorFinding& one : diagnosis.findings) {
    findings.push_back(to_json(one));
  }
  Json noise = nullptr;  // not measured
  if (!diagnosis.noise.empty()) {
    noise = {{"server", diagnosis.server},
             {"rounds", kNoiseRounds},
             {"workloads", Json::array()}};
    for (const WorkloadNoise& one : diagnosis.noise) {
      noise["workloads"].push_back(to_json(one));
    }
  }
  const Json json = {{"schema_version", kSchemaVersion},
                     {"fit", is_fit(diagnosis.findings)},
                     {"findings", findings},
                     {"noise", noise},
                     {"environment", Json::parse(to_json(environment))}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace sockmark
