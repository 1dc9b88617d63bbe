#include "lib/counters.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

#include "lib/error.h"
#include "lib/fd.h"
#include "tests/harness/temporary_folder.h"

namespace sockmark {
namespace {

using testing::HasSubstr;

class CountersTest : public testing::Test {
 protected:
  // Whoever asks for counts does this.
  const CounterPage& count() {
    const auto path = folder_.write("counters", std::string(4096, '\0'));
    fd_ = Fd(check(open(path.c_str(), O_RDWR | O_CLOEXEC), "open"));
    page_ = map_counters(fd_.get());
    count_into(path);
    return *page_;
  }

  ~CountersTest() override {
    if (page_ != nullptr) munmap(page_, sizeof *page_);
  }

  static std::string failure_with(const std::filesystem::path& path) {
    try {
      count_into(path);
    } catch (const std::runtime_error& failure) {
      EXPECT_THAT(failure.what(), HasSubstr(path.string()));
      return failure.what();
    }
    return "none";
  }

  TemporaryFolder folder_;
  Fd fd_;
  CounterPage* page_ = nullptr;
};

auto slots_in_use(const CounterPage& page) {
  return std::count_if(
      page.slots.begin(), page.slots.end(),
      [](const CounterSlot& slot) { return slot.requests != 0; });
}

void await_child(pid_t child) {
  int status = -1;
  check(waitpid(child, &status, 0), "waitpid");
  EXPECT_EQ(status, 0);
}

TEST_F(CountersTest, SaysThatItIsCountedInto) {
  EXPECT_EQ(count().magic, CounterPage::kMagic);
  char name[8];
  check(pread(fd_.get(), name, sizeof name, 0), "pread");
  EXPECT_EQ(std::string(name, sizeof name), "smcount1");
}

TEST_F(CountersTest, CountsConnectionsAndRequestsApart) {
  const CounterPage& page = count();
  EXPECT_EQ(sum_of(page).connections, 0);
  EXPECT_EQ(sum_of(page).requests, 0);
  count_connection();
  for (int i = 0; i < 3; ++i) count_request();
  EXPECT_EQ(sum_of(page).connections, 1);
  EXPECT_EQ(sum_of(page).requests, 3);
}

TEST_F(CountersTest, CountsOnlyFromThenOn) {
  count_connection();
  count_request();
  const CounterPage& page = count();
  EXPECT_EQ(sum_of(page).connections, 0);
  EXPECT_EQ(sum_of(page).requests, 0);
}

TEST_F(CountersTest, GivesEachThreadACacheLineOfItsOwn) {
  const CounterPage& page = count();
  std::vector<std::jthread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([] {
      for (int k = 0; k < 1000; ++k) count_request();
    });
  }
  threads.clear();
  EXPECT_EQ(sum_of(page).requests, 8000);
  EXPECT_EQ(slots_in_use(page), 8);
}

// As a server makes a thread for each connection.
TEST_F(CountersTest, LosesNothingWhenThreadsShareTheSlots) {
  const CounterPage& page = count();
  const std::size_t many = 3 * page.slots.size();
  std::vector<std::jthread> threads;
  for (std::size_t i = 0; i < many; ++i) {
    threads.emplace_back([] {
      for (int k = 0; k < 100; ++k) count_request();
      count_connection();
    });
  }
  threads.clear();
  EXPECT_EQ(sum_of(page).requests, 100 * many);
  EXPECT_EQ(sum_of(page).connections, many);
}

TEST_F(CountersTest, GivesEachProcessACacheLineOfItsOwn) {
  const CounterPage& page = count();
  count_request();
  for (int i = 0; i < 5; ++i) {
    const pid_t child = fork();
    if (child == 0) {
      count_request();
      _exit(0);
    }
    await_child(child);
  }
  EXPECT_EQ(sum_of(page).requests, 6);
  EXPECT_EQ(slots_in_use(page), 6);
}

// As a program does that a server executes: see servers/fork_exec.cc.
TEST_F(CountersTest, GoOnInAFileThatIsCountedIntoAlready) {
  const CounterPage& page = count();
  count_request();
  count_into(folder_.path() / "counters");
  count_request();
  EXPECT_EQ(sum_of(page).requests, 2);
}

TEST_F(CountersTest, NeedAFileThatIsThere) {
  EXPECT_THAT(failure_with("/nowhere/counters"),
              HasSubstr("No such file or directory"));
}

TEST_F(CountersTest, NeedARegularFile) {
  EXPECT_THAT(failure_with("/dev/null"), HasSubstr("not a regular file"));
  EXPECT_THAT(failure_with(folder_.path()), HasSubstr("Is a directory"));
}

TEST_F(CountersTest, NeedAFileThatIsLargeEnough) {
  EXPECT_THAT(failure_with(folder_.write("empty", "")),
              HasSubstr("0 bytes of the 4096 needed; truncate -s 4096"));
  EXPECT_THAT(failure_with(folder_.write("short", std::string(4095, '\0'))),
              HasSubstr("4095 bytes"));
}

TEST_F(CountersTest, DoNotOverwriteAnythingElse) {
  const std::string letter(5000, 'a');
  const auto path = folder_.write("letter", letter);
  EXPECT_THAT(failure_with(path), HasSubstr("something else"));
  std::ifstream file(path);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), letter);
}

}  // namespace
}  // namespace sockmark
