// The load generator as a process: exit status, stdout and stderr.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <thread>

#include "tests/loadgen/scripted_server.h"

namespace sockmark {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

const std::string kReply = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

struct Outcome {
  int status = -1;
  std::string out;
  std::string err;
};

std::string contents_of(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

std::ptrdiff_t lines_of(const std::string& text) {
  return std::ranges::count(text, '\n');
}

class LoadgenTest : public testing::Test {
 protected:
  LoadgenTest() {
    std::string pattern = testing::TempDir() + "loadgen_XXXXXX";
    folder_ = mkdtemp(pattern.data());
  }
  ~LoadgenTest() override { std::filesystem::remove_all(folder_); }

  std::string path(const std::string& name) const { return folder_ / name; }

  // `arguments` as in a shell; `runner` is a command that runs it.
  Outcome loadgen(const std::string& arguments,
                  const std::string& runner = "") const {
    const std::string command = runner + BUILD_DIR "/bin/loadgen " + arguments +
                                " >" + path("out") + " 2>" + path("err");
    const int status = std::system(command.c_str());
    return {.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1,
            .out = contents_of(path("out")),
            .err = contents_of(path("err"))};
  }

  static std::string url(std::uint16_t port) {
    return " http://127.0.0.1:" + std::to_string(port) + "/";
  }

 private:
  std::filesystem::path folder_;
};

TEST_F(LoadgenTest, HelpsWithAnExample) {
  const Outcome outcome = loadgen("--help");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.err, IsEmpty());
  EXPECT_THAT(outcome.out, HasSubstr("loadgen -c 64 -d 10s http://"));
}

TEST_F(LoadgenTest, TellsItsVersion) {
  const Outcome outcome = loadgen("--version");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_TRUE(outcome.out.starts_with("loadgen ")) << outcome.out;
  EXPECT_EQ(lines_of(outcome.out), 1);
}

TEST_F(LoadgenTest, ExitsWith2ForABadOption) {
  const Outcome outcome = loadgen("--no-such-option" + url(1));
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.out, IsEmpty());
  EXPECT_THAT(outcome.err, HasSubstr("--no-such-option"));
  EXPECT_EQ(lines_of(outcome.err), 1);
}

TEST_F(LoadgenTest, ExitsWith1ForATargetThatIsNotThere) {
  const Outcome outcome = loadgen("--json -" + url(closed_port()));
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.out, IsEmpty());
  EXPECT_THAT(outcome.err, testing::StartsWith("loadgen: cannot connect to"));
  EXPECT_EQ(lines_of(outcome.err), 1);
}

TEST_F(LoadgenTest, PrintsOneLineOfJsonAndNothingElseOnStdout) {
  const ScriptedServer server(answers(kReply));
  const Outcome outcome =
      loadgen("-c 4 -n 40 --expect-body hello --json -" + url(server.port()));
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(lines_of(outcome.out), 1);
  const auto json = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(json["requests"]["completed"], 40);
  EXPECT_EQ(json["requested"]["requests"], 40);
  EXPECT_THAT(outcome.err, HasSubstr("40 in all, 0 failed"));
  EXPECT_THAT(outcome.err, HasSubstr("verdict"));
}

TEST_F(LoadgenTest, PrintsNothingOnStdoutUnlessAskedTo) {
  const ScriptedServer server(answers(kReply));
  const Outcome outcome = loadgen("-c 4 -n 40" + url(server.port()));
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, IsEmpty());
}

TEST_F(LoadgenTest, WritesTheJsonToAFile) {
  const ScriptedServer server(answers(kReply));
  const Outcome outcome =
      loadgen("-c 4 -n 40 --json " + path("result") + url(server.port()));
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, IsEmpty());
  const auto json = nlohmann::json::parse(contents_of(path("result")));
  EXPECT_EQ(json["requests"]["completed"], 40);
}

TEST_F(LoadgenTest, ExitsWith1WhenTheDiskIsFull) {
  const ScriptedServer server(answers(kReply));
  for (const std::string option : {"--json", "--hdr"}) {
    const std::string file =
        option == "--json" ? "/dev/full" : path("full.hgrm");
    if (option == "--hdr") std::filesystem::create_symlink("/dev/full", file);
    const Outcome outcome =
        loadgen("-n 10 " + option + " " + file + url(server.port()));
    EXPECT_EQ(outcome.status, 1);
    EXPECT_THAT(outcome.err, HasSubstr("cannot write all of " + file));
  }
}

TEST_F(LoadgenTest, NamesAFileThatItCannotWrite) {
  const ScriptedServer server(answers(kReply));
  const Outcome outcome =
      loadgen("-c 4 -n 40 --json " + path("no/such/file") + url(server.port()));
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.err, HasSubstr("cannot write " + path("no/such/file")));
}

TEST_F(LoadgenTest, ExitsWith1AndTheResultWhenTheVerdictIsInvalid) {
  const ScriptedServer server(
      answers("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n"));
  const Outcome outcome = loadgen("-c 4 -n 40 --json -" + url(server.port()));
  EXPECT_EQ(outcome.status, 1);
  const auto json = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(json["verdict"]["status"], "invalid");
  EXPECT_EQ(json["requests"]["errors"]["status"], 40);
}

TEST_F(LoadgenTest, ReportsWhatItHasWhenItIsInterrupted) {
  const ScriptedServer server(answers(kReply));
  const Outcome outcome =
      loadgen("-c 4 -d 1m --json -" + url(server.port()),
              "timeout --preserve-status --signal=INT 0.5 ");
  EXPECT_EQ(outcome.status, 130);
  const auto json = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(json["verdict"]["status"], "invalid");
  EXPECT_THAT(outcome.err, HasSubstr("interrupted"));
}

TEST_F(LoadgenTest, HoldsItsObjectivesAgainstTheRun) {
  const ScriptedServer server(answers(kReply));
  const std::string run = "-n 100 -c 4" + url(server.port());
  EXPECT_EQ(loadgen(run + " --slo 'errors<=0' --slo 'p50<60s'").status, 0);
  const Outcome missed = loadgen(run + " --slo 'p50<1ns' --json -");
  EXPECT_EQ(missed.status, 3);
  EXPECT_THAT(missed.err, HasSubstr("p50<1ns missed: "));
  EXPECT_EQ(nlohmann::json::parse(missed.out)["objectives"][0]["met"], false);
}

TEST_F(LoadgenTest, CannotMeetAnObjectiveInARunThatDoesNotCount) {
  const ScriptedServer server(answers("HTTP/1.1 503 Oh\r\n\r\n"));
  EXPECT_EQ(loadgen("-n 100 --slo 'p50<60s'" + url(server.port())).status, 1);
}

TEST_F(LoadgenTest, WritesALineForEachSecondAndTheHistogram) {
  const ScriptedServer server(answers(kReply));
  const std::string run = "-d 1200ms -c 2 -q" + url(server.port()) + " ";
  loadgen(run + "--series " + path("series") + " --hdr " + path("a.hgrm"));
  std::istringstream lines(contents_of(path("series")));
  std::uint64_t completed = 0;
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    const auto row = nlohmann::json::parse(line);
    completed += row["completed"].get<std::uint64_t>();
    EXPECT_EQ(row["latency_ns"]["count"], row["completed"]);
  }
  EXPECT_GE(count, 1) << "a second, and what is left of the next";
  EXPECT_GT(completed, 0);
  EXPECT_THAT(contents_of(path("a.hgrm")), HasSubstr("1/(1-Percentile)"));
  loadgen(run + "--hdr " + path("a.hlog"));
  EXPECT_GE(lines_of(contents_of(path("a.hlog"))), 3 + 1);
}

TEST_F(LoadgenTest, SaysThatAServerDoesNotKeepUpWithTheRate) {
  const ScriptedServer server([](Peer& peer) {
    while (peer.read_request()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      peer.send(kReply);
    }
  });
  const Outcome outcome =
      loadgen("-c 2 --max-connections 2 -R 1k -d 1s" + url(server.port()));
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.err, HasSubstr("the rate was not reached"));
  EXPECT_THAT(outcome.err, HasSubstr("waited for a connection"));
}

}  // namespace
}  // namespace sockmark
