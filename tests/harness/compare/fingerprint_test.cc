#include "harness/compare/fingerprint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/harness/compare/made_up_run.h"
#include "tests/harness/golden.h"

namespace sockmark {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Fingerprint with(const std::string& changes) {
  return fingerprint_of(made_up_environment(changes), "environment.json");
}

std::vector<std::string> changed(const std::string& changes) {
  return differences(with("{}"), with(changes));
}

TEST(Fingerprint, OfTheSameMachineIsTheSame) {
  EXPECT_THAT(changed("{}"), IsEmpty());
  EXPECT_THAT(changed(R"({"date": "2027-01-01T00:00:00Z", "load_average": "9",
                          "git_commit": "ffffffffffff"})"),
              IsEmpty());
}

TEST(Fingerprint, TellsEveryThingThatMakesFiguresIncomparable) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {R"({"cpu_model": "Another"})",
       "CPU: Imaginary 9000 in the base, Another in the new one"},
      {R"({"architecture": "aarch64"})",
       "architecture: x86_64 in the base, aarch64 in the new one"},
      {R"({"cpus": 4})", "CPUs: 2 in the base, 4 in the new one"},
      {R"({"cpus_of_server": [], "cpus_of_load": []})",
       "CPUs of server and load: 1 + 1 in the base, shared in the new one"},
      {R"({"cgroup": {"cpus": 1.5}})",
       "CPUs' time that the cgroup may use: not said in the base, 1.5 in the "
       "new one"},
      {R"({"kernel": "6.18.44-fc"})",
       "kernel: 6.1 in the base, 6.18 in the new one"},
      {R"({"virtualisation": {"hypervisor": "none"}})",
       "hypervisor: kvm in the base, none in the new one"},
      {R"({"virtualisation": {"container": "docker"}})",
       "container: none in the base, docker in the new one"},
      {R"({"compiler": "Clang 14.0.6"})",
       "compiler: GNU 12.2.0 in the base, Clang 14.0.6 in the new one"},
      {R"({"compiler_flags": "-O0"})",
       "compiler's flags: -O3 -DNDEBUG in the base, -O0 in the new one"},
      {R"({"libc": "musl 1.2"})",
       "C library: glibc 2.36 in the base, musl 1.2 in the new one"},
      {R"({"sockmark_version": "0.2.0"})",
       "loadgen's version: 0.1.0 in the base, 0.2.0 in the new one"}};
  for (const auto& [changes, line] : cases) {
    EXPECT_THAT(changed(changes), ElementsAre(line)) << changes;
  }
}

TEST(Fingerprint, LooksAtMajorAndMinorOfTheKernelOnly) {
  EXPECT_THAT(changed(R"({"kernel": "6.1.99"})"), IsEmpty());
  EXPECT_THAT(changed(R"({"kernel": "6.1"})"), IsEmpty());
  EXPECT_EQ(with(R"({"kernel": "strange"})").value("kernel"), "strange");
}

TEST(Fingerprint, TakesWhatOnlyOneSideSaysForADifference) {
  EXPECT_THAT(changed(R"({"compiler_flags": null})"),
              ElementsAre("compiler's flags: -O3 -DNDEBUG in the base, not "
                          "said in the new one"));
  EXPECT_THAT(changed(R"({"libc": null})"), IsEmpty());
}

TEST(Fingerprint, ReadsWhatOlderRunsWrote) {
  const Fingerprint old = fingerprint_of(
      contents_of(SOURCE_DIR "/results/example/environment.json"), "example");
  EXPECT_EQ(old.value("cpus"), "2");
  EXPECT_EQ(old.value("compiler_flags"), std::nullopt);
  EXPECT_THAT(differences(old, old), IsEmpty());
}

TEST(Fingerprint, TellsInALineWhatIsNotAsUsual) {
  EXPECT_EQ(instead_of(with("{}"), with("{}")), "");
  EXPECT_EQ(instead_of(with(R"({"kernel": "6.18.44", "compiler": null})"),
                       with("{}")),
            "kernel 6.18 instead of 6.1, compiler not said instead of GNU "
            "12.2.0");
}

TEST(Fingerprint, IsDescribedByWhatIsKnown) {
  EXPECT_EQ(describe(with("{}")),
            "Imaginary 9000 · 2 CPUs · Linux 6.1 · kvm · GNU 12.2.0 · loadgen "
            "0.1.0");
  EXPECT_EQ(describe(with(R"({"cpus": 1, "cpu_model": null})")),
            "1 CPU · Linux 6.1 · kvm · GNU 12.2.0 · loadgen 0.1.0");
  EXPECT_EQ(describe(empty_fingerprint()), "");
}

TEST(Fingerprint, RefusesWhatIsNoEnvironment) {
  for (const char* const text : {"", "[]", "{", "{\"a\": NaN}", "{}"}) {
    try {
      fingerprint_of(text, "there.json");
      ADD_FAILURE() << text;
    } catch (const std::runtime_error& mistake) {
      EXPECT_THAT(mistake.what(), HasSubstr("there.json:1:")) << text;
    }
  }
}

}  // namespace
}  // namespace sockmark
