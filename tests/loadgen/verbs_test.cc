// What the verbs beside `steady` have in common.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/loadgen/verb_fixture.h"

namespace sockmark {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

const std::vector<Words> kVerbs = {
    {"burst"}, {"hold", "-c", "1"}, {"slow", "-c", "1", "--send-every", "1s"}};

TEST(Verbs, HelpWithAnExample) {
  for (const Words& verb : kVerbs) {
    const Ran ran = run_to_end({kLoadgen, verb.front(), "--help"});
    EXPECT_EQ(ran.status, 0);
    EXPECT_EQ(ran.err, "");
    EXPECT_THAT(ran.out, HasSubstr("\n  loadgen " + verb.front() + " -"));
  }
}

TEST(Verbs, NameThemselvesWhenTheyRefuseAnOption) {
  for (const Words& verb : kVerbs) {
    const Ran ran =
        run_to_end(joined({kLoadgen}, joined(verb, {"--no-such-option"})));
    EXPECT_EQ(ran.status, 2);
    EXPECT_TRUE(is_one_line(ran.err)) << ran.err;
    EXPECT_THAT(ran.err, StartsWith("loadgen " + verb.front() + ": "));
  }
}

TEST(Verbs, WriteTheirReportToAFile) {
  std::string folder = testing::TempDir() + "verbs_XXXXXX";
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  const std::string file = folder + "/report";
  for (const Words& verb : kVerbs) {
    const Ran ran = run_to_end(joined(
        {kLoadgen}, joined(verb, {"--json", file, url_of(closed_port())})));
    EXPECT_EQ(ran.status, 1);
    EXPECT_EQ(ran.out, "");
    EXPECT_THAT(ran.err, HasSubstr("1 requested, 0 established"));
    const auto report = nlohmann::json::parse(std::ifstream(file));
    EXPECT_EQ(report["schema_version"], 1);
    EXPECT_EQ(report["tool"]["name"], "loadgen");
    EXPECT_EQ(report["verb"], verb.front());
  }
  std::filesystem::remove_all(folder);
}

TEST(Verbs, NameAFileThatTheyCannotWrite) {
  for (const Words& verb : kVerbs) {
    const Ran ran = run_to_end(joined(
        {kLoadgen}, joined(verb, {"--json", "/no/such/file", url_of(1)})));
    EXPECT_EQ(ran.status, 1);
    EXPECT_EQ(ran.err, "loadgen: cannot write /no/such/file\n");
  }
}

TEST(Verbs, NameAHostThatHasNoAddress) {
  for (const Words& verb : kVerbs) {
    const Ran ran = run_to_end(
        joined({kLoadgen}, joined(verb, {"http://no.such.invalid/"})));
    EXPECT_EQ(ran.status, 1);
    EXPECT_TRUE(is_one_line(ran.err)) << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("no.such.invalid"));
  }
}

}  // namespace
}  // namespace sockmark
