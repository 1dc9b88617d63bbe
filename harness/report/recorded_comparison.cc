#include "harness/report/recorded_comparison.h"

#include "harness/gate/comparison_json.h"
#include "harness/text/text_file.h"

namespace sockmark {

std::optional<Comparison> recorded_comparison(
    const std::filesystem::path& run_folder) {
  const std::filesystem::path file = run_folder / kComparisonFile;
  if (!std::filesystem::exists(file)) return std::nullopt;
  return read_comparison(read_text(file), file.string());
}

}  // namespace sockmark
