// A comparison as a part of a page: the verdict, the two sides and a table per
// cell. The charts are the page's (harness/report/report_html.h).
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <string>
#include <string_view>

#include "harness/gate/comparison.h"

namespace sockmark {

// What the page's style sheet has to have for it.
inline constexpr std::string_view kComparisonStyle =
    ".verdict{font-size:1.3em;font-weight:600}"
    ".sides td,.sides th{text-align:left;border:0;white-space:normal}"
    "p.regressed,tr.regressed td:first-child,li.bad{color:#b33f00}"
    "p.inconclusive,tr.inconclusive td:first-child{color:#7d5200}"
    "p.improved,tr.improved td:first-child{color:#00704f}"
    "tr.regressed td:first-child{font-weight:600}"
    "ul{margin:.3em 0;padding-left:1.4em}";

// Well-formed; every name is taken as text.
std::string comparison_html(const Comparison& comparison);

}  // namespace sockmark
