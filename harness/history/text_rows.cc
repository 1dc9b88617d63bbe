#include "harness/history/text_rows.h"

#include <algorithm>

#include "harness/text/text.h"

namespace sockmark {

std::vector<std::size_t> rows_of(const std::vector<PlacedText>& texts,
                                 std::size_t width) {
  constexpr std::size_t kGap = 2;
  std::vector<double> ends;  // of each row's last text, in characters
  std::vector<std::size_t> rows;
  for (const PlacedText& text : texts) {
    const double begin = text.begin * static_cast<double>(width);
    const auto row = std::find_if(ends.begin(), ends.end(),
                                  [begin](double end) { return end <= begin; });
    rows.push_back(static_cast<std::size_t>(row - ends.begin()));
    if (row == ends.end()) ends.push_back(0);
    ends[rows.back()] =
        begin + static_cast<double>(display_width(text.text) + kGap);
  }
  return rows;
}

}  // namespace sockmark
