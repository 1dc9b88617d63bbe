#include "harness/report/report_html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "tests/harness/gate/figures_to_show.h"
#include "tests/harness/synthetic.h"

namespace sockmark {
namespace {

using testing::HasSubstr;
using testing::Not;

// What is wrong with the nesting of its tags; empty: nothing.
std::string imbalance_of(const std::string& html) {
  std::vector<std::string> open;
  const std::regex tag("<(/?)([A-Za-z][A-Za-z0-9]*)[^<>]*?(/?)>");
  for (std::sregex_iterator at(html.begin(), html.end(), tag), end; at != end;
       ++at) {
    const std::string name = (*at)[2];
    if ((*at)[3] == "/") continue;
    if ((*at)[1] != "/") {
      open.push_back(name);
    } else if (open.empty() || open.back() != name) {
      return "</" + name + "> without its start";
    } else {
      open.pop_back();
    }
  }
  return open.empty() ? "" : "<" + open.back() + "> without its end";
}

const char* const kSvg =
    "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\">"
    "<defs><path id='gpPt0' d='M0'/></defs>"
    "<use xlink:href='#gpPt0'/></svg>\n";

ReportPage page_with_charts() {
  return {.run = "run",
          .provenance = "commit abc",
          .warning = "",
          .charts = {{"throughput", kSvg}, {"latency", kSvg}}};
}

TEST(Imbalance, is_found) {
  EXPECT_EQ(imbalance_of("<a><b/></a>"), "");
  EXPECT_NE(imbalance_of("<a><b></a>"), "");
  EXPECT_NE(imbalance_of("<a>"), "");
}

TEST(ReportHtml, is_well_formed_and_holds_each_server) {
  const std::string html =
      report_html(group_cells(sample_run()), page_with_charts());
  EXPECT_EQ(imbalance_of(html), "");
  for (const TrialRecord& trial : sample_run()) {
    EXPECT_THAT(html, HasSubstr(trial.server.name));
  }
  EXPECT_THAT(html, HasSubstr("poll †"));
  EXPECT_THAT(html, HasSubstr("crashed: killed by SIGSEGV"));
  EXPECT_THAT(html, HasSubstr("Do not rank"));
  EXPECT_THAT(html, HasSubstr("commit abc"));
  EXPECT_THAT(html, HasSubstr("href=\"trials.jsonl\""));
}

TEST(ReportHtml, takes_names_for_text) {
  TrialRecord trial = synthetic_trial("<script>alert(1)</script>", {});
  trial.workload.name = "\"><b>&";
  ReportPage page;
  page.run = "</title><script>";
  const std::string html = report_html(
      group_cells({trial, failed_trial("x<y", TrialStatus::failed, "a<b")}),
      page);
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_THAT(html, HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt;"));
  EXPECT_THAT(html, HasSubstr("a&lt;b"));
  EXPECT_EQ(imbalance_of(html), "");
}

TEST(ReportHtml, keeps_the_identifiers_of_drawings_apart) {
  const std::string html =
      report_html(group_cells(sample_run()), page_with_charts());
  std::set<std::string> ids;
  const std::regex id(" id=['\"]([^'\"]*)['\"]");
  for (std::sregex_iterator at(html.begin(), html.end(), id), end; at != end;
       ++at) {
    EXPECT_TRUE(ids.insert((*at)[1]).second) << (*at)[1];
  }
  EXPECT_THAT(html, HasSubstr("xlink:href='#latency-gpPt0'"));
  EXPECT_THAT(html, Not(HasSubstr("<?xml")));
}

TEST(ReportHtml, loads_nothing) {
  const std::string html =
      report_html(group_cells(sample_run()), page_with_charts());
  for (const char* const loads :
       {"src=", "@import", "<link", "<script", "<iframe", "href=\"http"}) {
    EXPECT_THAT(html, Not(HasSubstr(loads)));
  }
}

ReportPage page_with_comparison() {
  ReportPage page = page_with_charts();
  page.comparison = like_comparison({"long/<b>/64", "short/poll/64"});
  figure_of(*page.comparison, "short/poll/64", "p99").finding =
      Finding::regressed;
  page.comparison->missing = {"long/<i>/64"};
  page.comparison->notes = {"a & b"};
  page.comparison_charts = {{"forest", kSvg}, {"distributions", kSvg}};
  return page;
}

TEST(ReportHtml, begins_with_what_two_sides_came_to) {
  const std::string html =
      report_html(group_cells(sample_run()), page_with_comparison());
  EXPECT_EQ(imbalance_of(html), "");
  EXPECT_THAT(html, HasSubstr("<p class=\"verdict regressed\">✗ head is "
                              "slower: 1 of 14 figures regressed"));
  EXPECT_THAT(html, HasSubstr("<tr class=\"regressed\">"));
  EXPECT_LT(html.find("short/poll/64"), html.find("long/&lt;b&gt;/64"))
      << "the worst first";
  EXPECT_THAT(html, HasSubstr("<li class=\"bad\">long/&lt;i&gt;/64</li>"));
  EXPECT_THAT(html, HasSubstr("a &amp; b"));
  EXPECT_LT(html.find("id=\"forest\""), html.find("epoll_lt"));
  EXPECT_THAT(html, HasSubstr("href=\"comparison.json\""));
  EXPECT_THAT(html, HasSubstr("xlink:href='#forest-gpPt0'"));
}

TEST(ReportHtml, has_no_comparison_where_there_was_none) {
  const std::string html =
      report_html(group_cells(sample_run()), page_with_charts());
  EXPECT_THAT(html, Not(HasSubstr("omparison")));
}

TEST(ReportHtml, says_why_it_has_no_charts) {
  ReportPage page;
  page.warning = "no charts: gnuplot is missing";
  EXPECT_THAT(report_html(group_cells(sample_run()), page),
              HasSubstr("gnuplot is missing"));
}

}  // namespace
}  // namespace sockmark
