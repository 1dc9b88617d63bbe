#include "harness/exports/junit.h"

#include <fmt/format.h>

#include <string_view>

namespace sockmark {
namespace {

// Of a text or an attribute in double quotes, in which line ends have to be
// written by their number to outlive the parser. XML 1.0 has no way at all to
// write other control characters, U+FFFE and U+FFFF.
std::string escaped(std::string_view text) {
  std::string xml;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("\xef\xbf\xbe") || rest.starts_with("\xef\xbf\xbf")) {
      at += 2;
    } else if (c == '&') {
      xml += "&amp;";
    } else if (c == '<') {
      xml += "&lt;";
    } else if (c == '>') {
      xml += "&gt;";
    } else if (c == '"') {
      xml += "&quot;";
    } else if (c == '\n' || c == '\t' || c == '\r') {
      xml += fmt::format("&#{};", static_cast<int>(c));
    } else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) {
      xml += c;
    }
  }
  return xml;
}

std::string attribute(const char* name, std::string_view value) {
  return fmt::format(" {}=\"{}\"", name, escaped(value));
}

// Without an exponent, which not all readers know.
std::string in_seconds(double seconds) {
  return fmt::format("{:.6f}", seconds);
}

std::string properties_in(
    const std::vector<std::pair<std::string, std::string>>& properties,
    const std::string& indent) {
  if (properties.empty()) return "";
  std::string xml = indent + "<properties>\n";
  for (const auto& [name, value] : properties) {
    xml += fmt::format("{}  <property{}{}/>\n", indent, attribute("name", name),
                       attribute("value", value));
  }
  return xml + indent + "</properties>\n";
}

std::string outcome_of(const JUnitCase& one) {
  switch (one.outcome) {
    case JUnitCase::Outcome::passed:
      return "";
    case JUnitCase::Outcome::skipped:
      return fmt::format("      <skipped{}/>\n",
                         attribute("message", one.message));
    case JUnitCase::Outcome::failure:
      return fmt::format("      <failure{}{}>{}</failure>\n",
                         attribute("message", one.message),
                         attribute("type", one.type), escaped(one.message));
  }
  return "";
}

std::string case_in(const JUnitCase& one) {
  std::string xml = fmt::format(
      "    <testcase{}{}{}>\n", attribute("classname", one.class_name),
      attribute("name", one.name),
      one.seconds ? attribute("time", in_seconds(*one.seconds)) : "");
  xml += properties_in(one.properties, "      ") + outcome_of(one);
  if (!one.output.empty()) {
    xml +=
        fmt::format("      <system-out>{}</system-out>\n", escaped(one.output));
  }
  return xml + "    </testcase>\n";
}

struct Totals {
  std::size_t cases = 0;
  std::size_t failures = 0;
  std::size_t skipped = 0;
  double seconds = 0;
};

void count(const JUnitSuite& suite, Totals& totals) {
  for (const JUnitCase& one : suite.cases) {
    ++totals.cases;
    if (one.outcome == JUnitCase::Outcome::failure) ++totals.failures;
    if (one.outcome == JUnitCase::Outcome::skipped) ++totals.skipped;
    totals.seconds += one.seconds.value_or(0);
  }
}

std::string attributes(const Totals& totals) {
  return fmt::format(
      R"( tests="{}" failures="{}" errors="0" skipped="{}" time="{}")",
      totals.cases, totals.failures, totals.skipped,
      in_seconds(totals.seconds));
}

std::string suite_in(const JUnitSuite& suite) {
  Totals totals;
  count(suite, totals);
  std::string xml = fmt::format(
      "  <testsuite{}{}>\n", attribute("name", suite.name), attributes(totals));
  xml += properties_in(suite.properties, "    ");
  for (const JUnitCase& one : suite.cases) xml += case_in(one);
  return xml + "  </testsuite>\n";
}

}  // namespace

std::string junit_xml(const std::vector<JUnitSuite>& suites) {
  Totals totals;
  std::string xml;
  for (const JUnitSuite& suite : suites) {
    count(suite, totals);
    xml += suite_in(suite);
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites name=\"sockmark\"{}>\n{}</testsuites>\n",
      attributes(totals), xml);
}

Exported export_junit(const ExportedRun& run) {
  std::vector<JUnitSuite> suites = junit_suites_of(run);
  if (run.comparison) suites.push_back(junit_suite_of(*run.comparison));
  return {.text = junit_xml(suites), .left_out = {}};
}

}  // namespace sockmark
