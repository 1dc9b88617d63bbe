#include "lib/uring.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <optional>

#include "lib/error.h"
#include "lib/fd.h"

namespace sockmark {
namespace {

struct Pair {
  Pair() {
    std::array<int, 2> ends{};
    check(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()),
          "socketpair");
    ours = Fd(ends[0]);
    peers = Fd(ends[1]);
  }

  bool peer_hears_of_an_end() const {
    constexpr int kLongEnoughMs = 1;  // for a thread of the kernel's
    pollfd polled{
        .fd = peers.get(), .events = POLLIN | POLLRDHUP, .revents = 0};
    return poll(&polled, 1, kLongEnoughMs) > 0;
  }

  Fd ours;
  Fd peers;
};

class UringTest : public testing::Test {
 protected:
  void SetUp() override {
    try {
      uring_.emplace();
    } catch (const Unavailable& reason) {
      GTEST_SKIP() << reason.what();
    }
  }

  std::optional<Uring> uring_;
};

// A server may accept the next client as soon as it has closed one.
TEST_F(UringTest, ShutsDownNoOtherConnectionThatGetsTheDescriptor) {
  for (int i = 0; i < 200; ++i) {
    Pair old;
    const int descriptor = old.ours.get();
    uring_->shut_down(descriptor);
    uring_->close(old.ours.release());
    uring_->run_once(0, [](const Uring::Completion&) {});
    const Pair next;
    ASSERT_EQ(next.ours.get(), descriptor);
    ASSERT_FALSE(next.peer_hears_of_an_end()) << i;
  }
}

TEST_F(UringTest, ShutsDownWhatItIsReceivingFrom) {
  const Pair pair;
  uring_->receive(pair.ours.get());
  uring_->shut_down(pair.ours.get());
  while (uring_->is_busy(pair.ours.get())) {
    uring_->run_once(
        1000, [](const Uring::Completion& done) { EXPECT_EQ(done.result, 0); });
  }
  EXPECT_TRUE(pair.peer_hears_of_an_end());
}

}  // namespace
}  // namespace sockmark
