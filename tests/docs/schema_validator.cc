#include "tests/docs/schema_validator.h"

#include <chrono>
#include <sstream>

#include "harness/process/child.h"
#include "tests/harness/temporary_folder.h"

namespace sockmark {
namespace {

using Json = nlohmann::json;

// Debian's own, which has Debian's modules.
constexpr const char* kPython = "/usr/bin/python3";

bool ends_well(const std::vector<std::string>& argv) {
  try {
    Child child({.argv = argv, .cpus = {}});
    const auto ending = child.wait_for(std::chrono::seconds(60));
    return ending && ending->clean();
  } catch (const std::exception&) {
    return false;
  }
}

}  // namespace

std::vector<std::string> judge(const Cases& cases) {
  const TemporaryFolder folder;
  std::string lines;
  for (const SchemaCase& one : cases) {
    lines +=
        Json{{"schema", one.schema}, {"instance", one.instance}}.dump() + "\n";
  }
  const auto file = folder.write("cases", lines);
  Child child({.argv = {kPython, SOURCE_DIR "/tests/docs/validate.py",
                        SOURCE_DIR "/docs/schema", file.string()},
               .cpus = {}});
  const auto ending = child.wait_for(std::chrono::seconds(100));
  EXPECT_TRUE(ending && ending->clean()) << child.err();
  std::istringstream out(child.out());
  std::vector<std::string> verdicts;
  for (std::string line; std::getline(out, line);) verdicts.push_back(line);
  EXPECT_EQ(verdicts.size(), cases.size());
  verdicts.resize(cases.size());
  return verdicts;
}

void expect_valid(const Cases& cases) {
  const auto verdicts = judge(cases);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    EXPECT_EQ(verdicts[i], "valid") << cases[i].schema << ", " << cases[i].what;
  }
}

void expect_refused(const Cases& cases) {
  const auto verdicts = judge(cases);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    EXPECT_NE(verdicts[i], "valid") << cases[i].schema << ", " << cases[i].what;
  }
}

void Schemas::SetUp() {
  if (!ends_well({kPython, "-c", "import jsonschema"})) {
    GTEST_SKIP() << "NOT TESTED: " << kPython
                 << " has no jsonschema: apt-get install python3-jsonschema";
  }
}

}  // namespace sockmark
