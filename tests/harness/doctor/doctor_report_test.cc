#include "harness/doctor/doctor_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "harness/process/child.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;
using testing::Not;

Diagnosis diagnosis() {
  const Noise noise{.spread = 0.02,
                    .paired_spread = 0.0185,
                    .ratio = {.median = 1.003,
                              .low = 0.991,
                              .high = 1.012,
                              .coverage = 0.961,
                              .n = 12},
                    .smallest_difference = 0.041};
  return {.findings = {{DoctorFinding::Severity::unfit, "governor",
                        "The frequency governor is powersave",
                        "The clock follows the load, and so does the cost of a "
                        "request.",
                        "cpupower frequency-set -g performance"},
                       {DoctorFinding::Severity::note, "steal", "Something",
                        "else.", ""}},
          .server = "epoll_lt",
          .noise = {{.workload = "long",
                     .pairs = 12,
                     .requests_per_second = noise,
                     .cpu_per_request = std::nullopt,
                     .why_not = "too short"}}};
}

TEST(DoctorReport, SaysWhatToMendAndHow) {
  const std::string text = to_text(diagnosis(), {});
  EXPECT_THAT(text, HasSubstr("not fit to measure on: 1 fault, 1 note."));
  EXPECT_THAT(text, HasSubstr("unfit  The frequency governor is powersave\n"));
  EXPECT_THAT(text, HasSubstr("$ cpupower frequency-set -g performance\n"));
  EXPECT_THAT(text, HasSubstr("note   Something\n"));
}

TEST(DoctorReport, SaysInWordsWhatCanBeToldApart) {
  const std::string text = to_text(diagnosis(), {});
  EXPECT_THAT(text, HasSubstr("At 10 rounds this machine can tell 4.1 % of "
                              "req/s apart."));
  EXPECT_THAT(text, HasSubstr("A/A 1.003 [0.991, 1.012]"));
  EXPECT_THAT(text, HasSubstr("too short"));
}

TEST(DoctorReport, SaysThatAllIsWell) {
  EXPECT_EQ(to_text({}, {}), "This machine is fit to measure on: 0 notes.\n");
}

TEST(DoctorReport, FitsTheTerminalButForCommands) {
  for (const std::size_t width : {40UL, 80UL}) {
    std::istringstream lines(to_text(diagnosis(), {.width = width}));
    for (std::string line; std::getline(lines, line);) {
      if (line.find("$ ") != std::string::npos) continue;
      EXPECT_LE(display_width(line), width) << line;
    }
  }
}

TEST(DoctorReport, IsColouredOnlyWhereWanted) {
  EXPECT_THAT(to_text(diagnosis(), {}), Not(HasSubstr("\033")));
  EXPECT_THAT(to_text(diagnosis(), {.width = 80, .colour = true}),
              HasSubstr("\033[31munfit  The frequency"));
}

TEST(DoctorReport, IsJsonForMachines) {
  Environment environment;
  for (const char* const name :
       {"net.core.somaxconn", "net.ipv4.ip_local_port_range",
        "net.ipv4.tcp_tw_reuse"}) {
    environment.settings.sysctls[name] = Fact<std::string>::unknown("no");
  }
  const Json json = Json::parse(to_json(diagnosis(), environment));
  EXPECT_EQ(json.at("fit"), false);
  EXPECT_EQ(json.at("findings").at(0).at("severity"), "unfit");
  EXPECT_TRUE(json.at("findings").at(1).at("command").is_null());
  const Json& noise = json.at("noise").at("workloads").at(0);
  EXPECT_EQ(noise.at("requests_per_second").at("smallest_difference"), 0.041);
  EXPECT_TRUE(noise.at("cpu_per_request").is_null());
  EXPECT_TRUE(
      Json::parse(to_json(Diagnosis(), environment)).at("noise").is_null());
}

// Of whatever machine this is: the exit status says whether it is fit.
TEST(DoctorVerb, ExaminesThisMachine) {
  Child child({.argv = {std::string(BUILD_DIR) + "/bin/sockmark", "doctor",
                        "--no-noise", "--json"},
               .cpus = {}});
  const auto ending = child.wait_for(std::chrono::seconds(60));
  ASSERT_TRUE(ending);
  const Json json = Json::parse(child.out());
  const int status = WEXITSTATUS(ending->status);
  EXPECT_EQ(status, json.at("fit") ? 0 : 6) << child.err();
  EXPECT_TRUE(json.at("noise").is_null());
  EXPECT_GE(json.at("environment").at("cpus"), 1);
}

TEST(DoctorVerb, TellsPeople) {
  Child child(
      {.argv = {"env", "COLUMNS=40", std::string(BUILD_DIR) + "/bin/sockmark",
                "doctor", "--no-noise"},
       .cpus = {}});
  ASSERT_TRUE(child.wait_for(std::chrono::seconds(60)));
  EXPECT_THAT(child.out(), testing::StartsWith("This machine is"));
}

}  // namespace
}  // namespace sockmark
