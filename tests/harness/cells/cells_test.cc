#include "harness/cells/cells.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/harness/synthetic.h"

namespace sockmark {
namespace {

using testing::ElementsAre;

TrialRecord at_rate(const std::string& server, double rate) {
  return synthetic_trial(server, {.requests_per_second = rate});
}

std::vector<std::string> servers_of(const WorkloadCells& group) {
  std::vector<std::string> names;
  for (const Cell& cell : group.cells) names.push_back(cell.server);
  return names;
}

TEST(Cells, are_one_per_server_and_sorted_by_median_throughput) {
  const auto groups = group_cells({at_rate("slow", 10), at_rate("fast", 90),
                                   at_rate("slow", 30), at_rate("fast", 70),
                                   at_rate("slow", 20), at_rate("fast", 80)});
  ASSERT_EQ(groups.size(), 1u);
  EXPECT_THAT(servers_of(groups[0]), ElementsAre("fast", "slow"));
  const Cell& slow = groups[0].cells[1];
  EXPECT_EQ(slow.trials.size(), 3u);
  EXPECT_EQ(slow.requests_per_second->median, 20);
  EXPECT_EQ(slow.requests_per_second->coverage, 0.75);
}

TEST(Cells, keep_tools_apart) {
  TrialRecord other = at_rate("poll", 10);
  other.workload.tool = "wrk";
  const auto groups = group_cells({at_rate("poll", 20), other});
  ASSERT_EQ(groups.size(), 1u);
  EXPECT_EQ(groups[0].cells.size(), 2u);
  EXPECT_TRUE(has_several_tools(groups));
}

TEST(Cells, of_different_loads_are_never_put_side_by_side) {
  TrialRecord other = at_rate("poll", 10);
  other.workload.connections = 1024;  // and still called "long"
  EXPECT_EQ(group_cells({at_rate("poll", 20), other}).size(), 2u);
}

TEST(Cells, of_different_loads_are_in_the_order_of_the_load) {
  std::vector<TrialRecord> trials;
  for (const int connections : {64, 1, 1024, 16}) {
    trials.push_back(at_rate("poll", 10));
    trials.back().workload.connections = connections;
  }
  std::vector<int> order;
  for (const WorkloadCells& group : group_cells(trials)) {
    order.push_back(group.workload.connections);
  }
  EXPECT_THAT(order, ElementsAre(1, 16, 64, 1024));
}

TEST(Cells, describe_the_work_and_the_idle_connections) {
  Workload workload;
  workload.name = "idle";
  workload.work = "sleep:1ms";
  workload.idle_connections = 10'000;
  EXPECT_EQ(describe(workload),
            "idle: 64 connections, kept alive, work sleep:1ms, 10,000 idle "
            "beside, closed loop");
}

TEST(Cells, count_failed_trials_by_their_reason) {
  const auto groups = group_cells(
      {at_rate("poll", 10),
       failed_trial("poll", TrialStatus::not_ready, "no line\nin 10 s"),
       failed_trial("poll", TrialStatus::crashed, "killed by SIGSEGV"),
       failed_trial("poll", TrialStatus::crashed, "killed by SIGSEGV")});
  const Cell& cell = groups.at(0).cells.at(0);
  EXPECT_EQ(cell.usable, 1u);
  EXPECT_EQ(cell.trials_left_out(), 3u);
  ASSERT_EQ(cell.left_out.size(), 2u);
  EXPECT_EQ(cell.left_out[0].kind, "not ready");
  EXPECT_EQ(cell.left_out[0].reason, "no line in 10 s");
  EXPECT_EQ(cell.left_out[1].kind, "crashed");
  EXPECT_EQ(cell.left_out[1].trials, 2u);
}

TEST(Cells, without_figures_come_last_and_have_none) {
  const auto groups =
      group_cells({failed_trial("broken", TrialStatus::crashed, ""),
                   at_rate("slow", 1), at_rate("fast", 2)});
  EXPECT_THAT(servers_of(groups.at(0)), ElementsAre("fast", "slow", "broken"));
  const Cell& broken = groups[0].cells[2];
  EXPECT_EQ(broken.usable, 0u);
  EXPECT_FALSE(broken.requests_per_second);
  EXPECT_FALSE(broken.errors);
}

TEST(Cells, leave_invalid_trials_out_and_keep_suspect_ones) {
  TrialRecord invalid = at_rate("poll", 1000);
  invalid.verdict = {Verdict::Status::invalid, {"late", "lost packets"}};
  TrialRecord suspect = at_rate("poll", 30);
  suspect.load->verdict = {Verdict::Status::suspect, {"other processes"}};
  const auto groups = group_cells({at_rate("poll", 10), invalid, suspect});
  const Cell& cell = groups.at(0).cells.at(0);
  EXPECT_EQ(cell.usable, 2u);
  EXPECT_EQ(cell.requests_per_second->median, 20);
  ASSERT_EQ(cell.left_out.size(), 1u);
  EXPECT_EQ(cell.left_out[0].reason, "late; lost packets");
  ASSERT_EQ(cell.doubts.size(), 1u);
  EXPECT_EQ(cell.doubts[0].reason, "other processes");
}

TEST(Cells, add_errors_up_and_divide_the_tools_cpu_by_requests) {
  TrialRecord first = synthetic_trial("poll", {.errors = 3});
  TrialRecord second = synthetic_trial("poll", {.errors = 4});
  const auto groups = group_cells({first, second});
  const Cell& cell = groups.at(0).cells.at(0);
  EXPECT_EQ(cell.errors, 7u);
  // 4 s of CPU over 5 s of 10,000 requests.
  EXPECT_DOUBLE_EQ(cell.tool_cpu_ns_per_request->median, 80e3);
}

TEST(Cells, do_not_invent_what_a_tool_does_not_know) {
  TrialRecord trial = at_rate("poll", 10);
  trial.load = parse_load(R"({"requests_per_second":10})");
  trial.resources = {};
  const auto groups = group_cells({trial});
  const Cell& cell = groups.at(0).cells.at(0);
  EXPECT_EQ(cell.usable, 1u);
  EXPECT_FALSE(cell.p99_ns);
  EXPECT_FALSE(cell.errors);
  EXPECT_FALSE(cell.cpu_ns_per_request);
  EXPECT_FALSE(cell.tool_cpu_ns_per_request);
}

TEST(VerdictOf, is_the_worse_one_with_the_reasons_of_both) {
  TrialRecord trial = at_rate("poll", 10);
  trial.verdict = {Verdict::Status::suspect, {"a", "b"}};
  trial.load->verdict = {Verdict::Status::invalid, {"b", "c"}};
  const Verdict verdict = verdict_of(trial);
  EXPECT_EQ(verdict.status, Verdict::Status::invalid);
  EXPECT_THAT(verdict.reasons, ElementsAre("a", "b", "c"));
}

TEST(GroupCells, ranks_by_latency_where_the_rate_is_the_same) {
  std::vector<TrialRecord> trials;
  for (const auto& [name, p99] :
       {std::pair("slow", 3e6), std::pair("none", 0.0),
        std::pair("fast", 1e6)}) {
    TrialRecord trial = at_rate(name, 100);
    trial.workload.rate_per_second = 100;
    trial.load->latency.p99 = p99;
    if (p99 == 0) trial.load->latency.p99.reset();
    trials.push_back(trial);
  }
  const auto groups = group_cells(trials);
  EXPECT_EQ(groups.at(0).cells.at(0).server, "fast");
  EXPECT_EQ(groups.at(0).cells.at(1).server, "slow");
  EXPECT_EQ(groups.at(0).cells.at(2).server, "none");
}

TEST(Describe, says_what_was_asked) {
  Workload workload;
  workload.name = "rate";
  workload.connections = 1;
  workload.keep_alive = false;
  workload.rate_per_second = 2000;
  workload.body_bytes = 1024;
  EXPECT_EQ(describe(workload),
            "rate: 1 connection, a new one per request, 1024-byte replies, "
            "open loop at 2,000 req/s");
}

}  // namespace
}  // namespace sockmark
