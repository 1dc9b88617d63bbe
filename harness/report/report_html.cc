#include "harness/report/report_html.h"

#include <fmt/format.h>

#include <string_view>

#include "harness/gate/comparison_html.h"
#include "harness/tables/grid.h"
#include "harness/tables/html_grid.h"

namespace sockmark {
namespace {

constexpr std::string_view kStyle =
    "body{font:15px/1.45 system-ui,sans-serif;color:#222;max-width:1180px;"
    "margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse;font-variant-numeric:tabular-nums}"
    "th,td{padding:.15em .8em;text-align:right;white-space:nowrap}"
    "th{border-bottom:1px solid #777;vertical-align:top}"
    "th small{display:block;font-weight:normal;color:#777}"
    ".text{text-align:left}.wide{overflow-x:auto}"
    ".failed td{color:#b33f00;text-align:left;white-space:normal}"
    ".note{color:#555;font-size:.87em;margin:.3em 0;max-width:72em}"
    "svg{max-width:100%;height:auto}figure{margin:1.5em 0}";

std::string tables(const std::vector<WorkloadCells>& groups) {
  const std::vector<Grid> grids = grids_of(groups);
  const std::vector<std::string> shared = shared_notes(grids);
  std::string text;
  for (const Grid& grid : grids) {
    text += fmt::format("<h2>{}</h2>\n{}{}", html_text(grid.title),
                        html_rows(grid), html_notes(own_notes(grid, shared)));
  }
  return text + html_notes(shared);
}

void replace_all(std::string& text, std::string_view old,
                 const std::string& fresh) {
  for (std::size_t at = 0; (at = text.find(old, at)) != std::string::npos;
       at += fresh.size()) {
    text.replace(at, old.size(), fresh);
  }
}

// The drawing without what only a file of its own needs, and with identifiers
// that no other drawing on the page has.
std::string inlined(const ReportChart& chart) {
  const std::size_t start = chart.svg.find("<svg");
  if (start == std::string::npos) return "";
  std::string svg = chart.svg.substr(start);
  const std::string prefix = chart.name + "-";
  for (const char* const quote : {"'", "\""}) {
    replace_all(svg, fmt::format(" id={}", quote),
                fmt::format(" id={}{}", quote, prefix));
    replace_all(svg, fmt::format("href={}#", quote),
                fmt::format("href={}#{}", quote, prefix));
  }
  replace_all(svg, "url(#", "url(#" + prefix);
  return svg;
}

std::string link(const std::string& file) {
  return fmt::format("<a href=\"{0}\">{0}</a>", html_text(file));
}

std::string figures(const std::vector<ReportChart>& charts) {
  std::string text;
  for (const ReportChart& chart : charts) {
    const std::string files = "charts/" + chart.name;
    text += fmt::format(
        "<figure id=\"{}\">\n{}\n<figcaption class=\"note\">{} · {} · {}"
        "</figcaption></figure>\n",
        html_text(chart.name), inlined(chart), link(files + ".svg"),
        link(files + ".png"), link(files + ".tsv"));
  }
  return text;
}

std::string charts(const ReportPage& page) {
  return "<h2>Charts</h2>\n" +
         (page.warning.empty() ? "" : html_notes({page.warning})) +
         figures(page.charts);
}

// The first on the page: it is what the run was made for.
std::string comparison(const ReportPage& page) {
  if (!page.comparison) return "";
  return "<h2>Comparison</h2>\n" + comparison_html(*page.comparison) +
         figures(page.comparison_charts);
}

std::string files(const ReportPage& page) {
  return fmt::format(
      "<h2>Files</h2>\n<p class=\"note\">{} (every trial) · {} · {}{}</p>\n",
      link("trials.jsonl"), link("environment.json"), link("result.json"),
      page.comparison ? " · " + link("comparison.json") : "");
}

}  // namespace

std::string report_html(const std::vector<WorkloadCells>& groups,
                        const ReportPage& page) {
  const std::string title = html_text("sockmark: " + page.run);
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"/>\n"
      "<title>{0}</title>\n<style>{1}{2}</style></head>\n<body>\n"
      "<h1>{0}</h1>\n{3}{4}{5}{6}{7}</body>\n</html>\n",
      title, kStyle, page.comparison ? kComparisonStyle : "",
      page.provenance.empty() ? "" : html_notes({page.provenance}),
      comparison(page), tables(groups), charts(page), files(page));
}

}  // namespace sockmark
