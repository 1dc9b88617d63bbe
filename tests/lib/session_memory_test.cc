// What a Session holds while its connection is idle: a server may have very
// many of those.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "lib/session.h"
#include "tests/lib/heap.h"
#include "tests/lib/options_with.h"
#include "tests/lib/replies.h"
#include "tests/lib/session_driver.h"

namespace sockmark {
namespace {

// The session keeps a small buffer; malloc() rounds up.
constexpr std::ptrdiff_t kSmall = 1024 + 64;

// What the session holds once it has answered each of `pieces`, of which the
// later ones arrive while the first is still being answered.
std::ptrdiff_t held_after(const Options& options,
                          const std::vector<std::string>& pieces) {
  const Service service(options);
  const std::ptrdiff_t before = heap_bytes();
  Session session(service);
  for (const std::string& piece : pieces) session.received(piece);
  take_output(session);
  EXPECT_EQ(session.want(), Want::read);
  return heap_bytes() - before;
}

TEST(SessionMemory, IsLetGoAfterRepliesThatWereJoined) {
  EXPECT_LE(held_after({}, {repeated(kGet, 400)}), kSmall);
  EXPECT_LE(
      held_after(with_body(40'000), {std::string(kHead) + std::string(kGet)}),
      kSmall);
}

TEST(SessionMemory, IsLetGoAfterInputThatHadToWait) {
  EXPECT_LE(held_after({}, {std::string(kGet), repeated(kGet, 400)}), kSmall);
}

TEST(SessionMemory, IsLetGoAfterAHeadThatCameInParts) {
  const std::string head = "GET / HTTP/1.1\r\nHost: h\r\nX: ";
  EXPECT_LE(held_after({}, {head + std::string(4000, 'x'), "\r\n\r\n"}),
            kSmall);
}

TEST(SessionMemory, IsLetGoAfterAnEcho) {
  const std::string bytes(200'000, 'x');
  EXPECT_LE(held_after(with_echo(), {bytes}), kSmall);
  EXPECT_LE(held_after(with_echo(), {bytes, bytes}), kSmall);
}

TEST(Heap, CountsWhatIsInUse) {
  const std::ptrdiff_t before = heap_bytes();
  {
    const std::string text(1000, 'x');
    EXPECT_GT(heap_bytes(), before + 1000);
  }
  EXPECT_EQ(heap_bytes(), before);
}

}  // namespace
}  // namespace sockmark
