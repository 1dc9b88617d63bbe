#include "harness/machine/cpu_topology.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/harness/fake_machine.h"

namespace sockmark {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::string kFolder = "/sys/devices/system/cpu/";

TEST(ParseCpuList, TakesRangesAndSingleCpus) {
  EXPECT_THAT(*parse_cpu_list("0-2,8"), ElementsAre(0, 1, 2, 8));
  EXPECT_THAT(*parse_cpu_list(" 3 "), ElementsAre(3));
  EXPECT_THAT(*parse_cpu_list(""), ElementsAre());
  EXPECT_THAT(*parse_cpu_list("(null)"), ElementsAre());
}

TEST(ParseCpuList, RefusesWhatIsNone) {
  for (const char* const text : {"a", "1-", "-3", "3-1", "1,,2", "0-99999999"})
    EXPECT_FALSE(parse_cpu_list(text)) << text;
}

// Two sockets of two cores of two threads.
FakeMachine& with_smt(FakeMachine& machine) {
  machine.with(kFolder + "online", "0-7\n").with(kFolder + "isolated", "6-7\n");
  for (int cpu = 0; cpu < 8; ++cpu) {
    const int core = cpu % 4;
    machine.with_cpu(cpu, core / 2,
                     std::to_string(core) + "," + std::to_string(core + 4));
  }
  return machine.with("/sys/devices/system/node/node0/cpulist", "0-1,4-5")
      .with("/sys/devices/system/node/node1/cpulist", "2-3,6-7")
      .with("/sys/devices/system/node/online", "0-1");
}

TEST(CpuTopology, CountsSocketsCoresThreadsAndNodes) {
  FakeMachine machine;
  const CpuTopology topology = read_cpu_topology(with_smt(machine).files());
  EXPECT_EQ(topology.online.value->size(), 8);
  EXPECT_EQ(topology.sockets.value, 2);
  EXPECT_THAT(*topology.cores.value,
              ElementsAre(ElementsAre(0, 4), ElementsAre(1, 5),
                          ElementsAre(2, 6), ElementsAre(3, 7)));
  EXPECT_EQ(topology.threads_per_core.value, 2);
  EXPECT_EQ(topology.numa_nodes.value, 2);
  EXPECT_THAT(*topology.isolated.value, ElementsAre(6, 7));
}

TEST(CpuTopology, SeesWhichCpusShareACore) {
  FakeMachine machine;
  const CpuTopology topology = read_cpu_topology(with_smt(machine).files());
  EXPECT_EQ(share_a_core(topology, {0, 1, 2, 3}, {4, 5, 6, 7}).value, true);
  EXPECT_EQ(share_a_core(topology, {0, 4}, {1, 5}).value, false);
  EXPECT_EQ(share_a_core(topology, {0}, {0}).value, true);
}

TEST(CpuTopology, ReadsTheNameThatOlderKernelsHave) {
  FakeMachine machine;
  machine.with(kFolder + "online", "0")
      .with(kFolder + "cpu0/topology/thread_siblings_list", "0\n");
  EXPECT_EQ(read_cpu_topology(machine.files()).threads_per_core.value, 1);
}

TEST(CpuTopology, CountsASharedCacheOnce) {
  FakeMachine machine;
  machine.with(kFolder + "online", "0-1");
  for (const char* const cpu : {"cpu0", "cpu1"}) {
    const std::string cache = kFolder + cpu + "/cache/index3/";
    machine.with(cache + "level", "3\n")
        .with(cache + "type", "Unified\n")
        .with(cache + "size", "32768K\n")
        .with(cache + "shared_cpu_list", "0-1\n");
  }
  const auto caches = read_cpu_topology(machine.files()).caches;
  ASSERT_EQ(caches.value->size(), 1);
  EXPECT_EQ(caches.value->front().size_bytes.value, 32 << 20);
  EXPECT_THAT(caches.value->front().cpus, ElementsAre(0, 1));
}

TEST(CpuTopology, ReadsWhichCpusWeMayUse) {
  FakeMachine machine;
  machine.with("/proc/self/status",
               "Name:\tsockmark\nCpus_allowed:\t6\nCpus_allowed_list:\t1-2\n");
  EXPECT_THAT(*read_cpu_topology(machine.files()).allowed.value,
              ElementsAre(1, 2));
}

TEST(CpuTopology, SaysWhatIsNotThere) {
  const FakeMachine machine;
  const CpuTopology topology = read_cpu_topology(machine.files());
  EXPECT_FALSE(topology.cores.value);
  EXPECT_THAT(topology.cores.why_not, HasSubstr("cpu/online"));
  EXPECT_FALSE(share_a_core(topology, {0}, {1}).value);
  EXPECT_FALSE(topology.caches.value);
  EXPECT_FALSE(topology.allowed.value);
  EXPECT_FALSE(topology.numa_nodes.value);
}

}  // namespace
}  // namespace sockmark
