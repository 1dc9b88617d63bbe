#include "harness/report/plot.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <stdexcept>

#include "harness/gate/comparison_json.h"
#include "harness/report/provenance.h"
#include "tests/harness/gate/figures_to_show.h"
#include "tests/harness/golden.h"
#include "tests/harness/synthetic.h"
#include "tests/harness/synthetic_sweep.h"

namespace sockmark {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

// A folder for runs that goes with the test, and a PATH that comes back.
class Plot : public testing::Test {
 protected:
  Plot() : path_(std::getenv("PATH")) {
    std::string name = testing::TempDir() + "plot_test_XXXXXX";
    folder_ = mkdtemp(name.data());
  }
  ~Plot() override {
    setenv("PATH", path_.c_str(), 1);
    fs::remove_all(folder_);
  }

  void write(const std::vector<TrialRecord>& trials) const {
    std::ofstream file(folder_ / "trials.jsonl");
    for (const auto& trial : trials) file << to_json_line(trial) << '\n';
  }

  PlotResult plot() const {
    return plot_run(folder_, {.scripts = SOURCE_DIR "/plots"});
  }

  std::string chart(const std::string& name) const {
    return contents_of(folder_ / "charts" / name);
  }

  std::string path_;
  fs::path folder_;
};

bool has_gnuplot() {
  return std::system("gnuplot --version >/dev/null 2>&1") == 0;
}

#define SKIP_WITHOUT_GNUPLOT() \
  if (!has_gnuplot()) GTEST_SKIP() << "gnuplot is not installed: NOT TESTED"

TEST_F(Plot, shows_every_server_and_what_became_of_it) {
  SKIP_WITHOUT_GNUPLOT();
  write(sample_run());
  const PlotResult result = plot();
  EXPECT_EQ(result.warning, "");
  EXPECT_EQ(result.images.size(), 8u);
  for (const fs::path& image : result.images) {
    EXPECT_GT(fs::file_size(image), 1000u) << image;
  }
  for (const char* const name : {"throughput.svg", "latency.svg", "cpu.svg"}) {
    const std::string svg = chart(name);
    EXPECT_THAT(svg, HasSubstr("epoll_lt"));
    EXPECT_THAT(svg, HasSubstr("poll †"));
    EXPECT_THAT(svg, HasSubstr("crashed: killed by SIGSEGV"));
    EXPECT_THAT(svg, Not(HasSubstr(folder_.string())));
    EXPECT_THAT(svg, Not(HasSubstr(SOURCE_DIR)));
  }
  EXPECT_THAT(chart("latency.svg"), HasSubstr("Do not rank"));
  EXPECT_EQ(chart("throughput.png").substr(1, 3), "PNG");
}

TEST_F(Plot, draws_few_and_many_servers) {
  SKIP_WITHOUT_GNUPLOT();
  for (const int servers : {1, 30}) {
    std::vector<TrialRecord> trials;
    for (int i = 0; i < servers; ++i) {
      trials.push_back(synthetic_trial("it's_" + std::to_string(i), {}));
    }
    write(trials);
    EXPECT_EQ(plot().images.size(), 6u);
    EXPECT_THAT(chart("throughput.svg"),
                HasSubstr("s_" + std::to_string(servers - 1)));
  }
}

TEST_F(Plot, shows_what_was_varied) {
  SKIP_WITHOUT_GNUPLOT();
  write(sweep_run(4));
  const PlotResult result = plot();
  EXPECT_EQ(result.images.size(), 24u);
  for (const fs::path& image : result.images) {
    EXPECT_GT(fs::file_size(image), 1000u) << image;
  }
  const std::string svg = chart("throughput_by_connections-long.svg");
  for (const char* const text : {"epoll_lt", "fork", "iterative", "thread",
                                 "crashed", "killed by SIGSEGV", "1,024"}) {
    EXPECT_THAT(svg, HasSubstr(text));
  }
  EXPECT_THAT(svg, Not(HasSubstr(folder_.string())));
  EXPECT_THAT(chart("latency_by_connections-long.svg"), HasSubstr("p99.9"));
  EXPECT_THAT(chart("order.svg"), HasSubstr("DRIFTED"));
  // A run without them has no old ones left.
  write({synthetic_trial("poll", {})});
  plot();
  EXPECT_FALSE(fs::exists(folder_ / "charts/cpu_by_idle-idle.svg"));
}

TEST_F(Plot, writes_a_page_that_has_it_all) {
  SKIP_WITHOUT_GNUPLOT();
  write(
      {synthetic_trial("<script>x</script>", {}), synthetic_trial("poll", {})});
  const PlotResult result = plot();
  EXPECT_EQ(result.report, folder_ / "report.html");
  const std::string html = contents_of(result.report);
  EXPECT_THAT(html, HasSubstr("<svg"));
  EXPECT_THAT(html, HasSubstr("throughput-gpPt0"));
  EXPECT_THAT(html, HasSubstr("poll"));
  EXPECT_THAT(html, Not(HasSubstr("<script")));
}

TEST_F(Plot, shows_what_two_sides_came_to) {
  SKIP_WITHOUT_GNUPLOT();
  write({synthetic_trial("poll", {})});
  std::ofstream(folder_ / kComparisonFile)
      << to_json(like_comparison({"long/poll/64 connections"}));
  EXPECT_EQ(plot().images.size(), 10u);
  EXPECT_THAT(chart("forest.svg"), HasSubstr("no regression: 7 same"));
  EXPECT_THAT(chart("forest.tsv"), HasSubstr("long/poll/64 connections"));
  EXPECT_THAT(chart("distributions.svg"), HasSubstr("topic/faster-parser"));
  const std::string html = contents_of(folder_ / "report.html");
  EXPECT_LT(html.find("<h2>Comparison</h2>"), html.find("id=\"forest\""));
  EXPECT_LT(html.find("id=\"distributions\""), html.find("<h2>Charts</h2>"));
  // A run without one has no old ones left.
  fs::remove(folder_ / kComparisonFile);
  EXPECT_EQ(plot().images.size(), 6u);
  EXPECT_FALSE(fs::exists(folder_ / "charts/forest.svg"));
  EXPECT_FALSE(fs::exists(folder_ / "charts/distributions_rounds.tsv"));
  EXPECT_THAT(contents_of(folder_ / "report.html"),
              Not(HasSubstr("Comparison")));
}

TEST_F(Plot, names_a_comparison_that_cannot_be_read) {
  write({synthetic_trial("poll", {})});
  const std::string whole = to_json(like_comparison({"cell"}));
  std::ofstream(folder_ / kComparisonFile) << whole.substr(0, 300);
  try {
    plot();
    FAIL() << "read";
  } catch (const std::runtime_error& bad) {
    EXPECT_THAT(bad.what(), HasSubstr("comparison.json"));
  }
}

TEST_F(Plot, of_failures_alone_is_a_labelled_gap) {
  SKIP_WITHOUT_GNUPLOT();
  write({failed_trial("poll", TrialStatus::not_ready, "")});
  EXPECT_EQ(plot().images.size(), 4u);
  EXPECT_THAT(chart("throughput.svg"), HasSubstr("not ready"));
}

TEST_F(Plot, has_no_cpu_chart_where_nobody_knows_it) {
  SKIP_WITHOUT_GNUPLOT();
  TrialRecord trial = synthetic_trial("poll", {});
  write({trial});
  plot();
  EXPECT_TRUE(fs::exists(folder_ / "charts/cpu.svg"));
  trial.resources = {};
  write({trial});
  EXPECT_EQ(plot().images.size(), 4u);
  EXPECT_FALSE(fs::exists(folder_ / "charts/cpu.svg")) << "left from before";
}

TEST_F(Plot, writes_data_that_can_be_checked_without_gnuplot) {
  write(sample_run());
  setenv("PATH", "/nowhere", 1);
  plot();
  expect_same_as_file(chart("throughput.tsv"),
                      SOURCE_DIR "/tests/golden/throughput.tsv");
  EXPECT_THAT(chart("throughput_rounds.tsv"), HasSubstr("\tinvalid\n"));
}

// Else one server that is far longer leaves stumps of all the others.
TEST_F(Plot, shortens_a_bar_that_is_far_longer_and_says_so) {
  setenv("PATH", "/nowhere", 1);
  std::vector<TrialRecord> trials;
  for (const auto& [server, ns] : std::map<std::string, double>{
           {"a", 10e3}, {"b", 11e3}, {"c", 12e3}, {"d", 30e3}}) {
    trials.push_back(synthetic_trial(server, {.cpu_ns_per_request = ns}));
  }
  write(trials);
  plot();
  EXPECT_THAT(chart("cpu.gp"), Not(HasSubstr("to scale")));
  trials.push_back(synthetic_trial("far", {.cpu_ns_per_request = 1700e3}));
  write(trials);
  plot();
  EXPECT_THAT(chart("cpu.tsv"),
              AllOf(HasSubstr("\tfar\t1700\t"), HasSubstr("\t» 1,700\t"),
                    HasSubstr("\t34.5\t34.5\n"), HasSubstr("\t30\t30\n")));
  EXPECT_THAT(chart("cpu.gp"), HasSubstr("»: far longer"));
}

TEST_F(Plot, is_a_warning_where_gnuplot_is_missing) {
  write({synthetic_trial("poll", {})});
  setenv("PATH", "/nowhere", 1);
  const PlotResult result = plot();
  EXPECT_TRUE(result.images.empty());
  EXPECT_THAT(result.warning, HasSubstr("gnuplot"));
  EXPECT_THAT(result.warning, HasSubstr("apt-get install"));
  EXPECT_THAT(result.warning, Not(HasSubstr("\n")));
  EXPECT_THAT(contents_of(folder_ / "report.html"), HasSubstr("no charts"));
}

TEST_F(Plot, that_gnuplot_fails_to_draw_says_what_gnuplot_said) {
  SKIP_WITHOUT_GNUPLOT();
  write({synthetic_trial("poll", {})});
  const fs::path scripts = folder_ / "scripts";
  fs::create_directory(scripts);
  std::ofstream(scripts / "throughput.gp") << "no such command\n";
  try {
    plot_run(folder_, {.scripts = scripts});
    FAIL() << "drawn";
  } catch (const std::runtime_error& bad) {
    EXPECT_THAT(bad.what(), HasSubstr("throughput.gp"));
    EXPECT_THAT(bad.what(), HasSubstr("invalid command"));
  }
}

TEST_F(Plot, does_not_wait_for_ever) {
  write({synthetic_trial("poll", {})});
  const fs::path slow = folder_ / "slow";
  std::ofstream(slow) << "#!/bin/sh\nexec sleep 60\n";
  fs::permissions(slow, fs::perms::owner_all);
  EXPECT_THROW(plot_run(folder_, {.scripts = SOURCE_DIR "/plots",
                                  .gnuplot = slow.string(),
                                  .limit = std::chrono::milliseconds(50)}),
               std::runtime_error);
}

TEST_F(Plot, of_nothing_is_refused) {
  write({});
  EXPECT_THROW(plot(), std::runtime_error);
}

TEST_F(Plot, states_where_the_figures_come_from_as_far_as_is_known) {
  EXPECT_EQ(provenance_of(folder_), "");
  std::ofstream(folder_ / "environment.json")
      << R"({"cpu_model":"EPYC","cpus":[0,1],"kernel":"6.1",)"
      << R"("git_commit":null})";
  std::ofstream(folder_ / "result.json") << R"({"seed":42})";
  EXPECT_EQ(provenance_of(folder_), "EPYC · 2 CPUs · Linux 6.1 · seed 42");
  std::ofstream(folder_ / "environment.json") << "{ damaged";
  EXPECT_EQ(provenance_of(folder_), "seed 42");
}

}  // namespace
}  // namespace sockmark
