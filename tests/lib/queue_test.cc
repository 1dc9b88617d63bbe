#include "lib/queue.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

#include "lib/ring.h"

namespace sockmark {
namespace {

using namespace std::chrono_literals;

// Long enough for a thread that can go on to do so, most of the time. A test
// that a thread waits may miss a fault, but never reports one that is none.
constexpr auto kAWhile = 20ms;

// Queue and Ring are made for each other's place.
template <typename Kind>
class Queues : public testing::Test {};

struct Locked {
  template <typename T>
  using Of = Queue<T>;
};
struct LockFree {
  template <typename T>
  using Of = Ring<T>;
};
struct NameOfKind {
  template <typename Kind>
  static std::string GetName(int) {
    return std::is_same_v<Kind, Locked> ? "queue" : "ring";
  }
};
using Kinds = testing::Types<Locked, LockFree>;
TYPED_TEST_SUITE(Queues, Kinds, NameOfKind);

TYPED_TEST(Queues, GivesItemsInTheOrderTheyCame) {
  typename TypeParam::template Of<int> queue(4);
  for (const int item : {1, 2, 3}) queue.push(item);
  for (const int item : {1, 2, 3}) EXPECT_EQ(queue.pop(), item);
}

TYPED_TEST(Queues, CarriesItemsThatOnlyMove) {
  typename TypeParam::template Of<std::unique_ptr<int>> queue(1);
  queue.push(std::make_unique<int>(7));
  EXPECT_EQ(**queue.pop(), 7);
}

TYPED_TEST(Queues, GivesWhatIsLeftAfterItWasClosed) {
  typename TypeParam::template Of<int> queue(2);
  queue.push(1);
  queue.push(2);
  queue.close();
  EXPECT_EQ(queue.pop(), 1);
  EXPECT_EQ(queue.pop(), 2);
  EXPECT_EQ(queue.pop(), std::nullopt);
  EXPECT_EQ(queue.pop(), std::nullopt);
}

TYPED_TEST(Queues, MakesConsumersWaitForAnItem) {
  typename TypeParam::template Of<int> queue(1);
  auto popped = std::async(std::launch::async, [&] { return queue.pop(); });
  EXPECT_EQ(popped.wait_for(kAWhile), std::future_status::timeout);
  queue.push(1);
  EXPECT_EQ(popped.get(), 1);
}

TYPED_TEST(Queues, MakesProducersWaitForRoom) {
  typename TypeParam::template Of<int> queue(1);
  queue.push(1);
  auto pushed = std::async(std::launch::async, [&] { queue.push(2); });
  EXPECT_EQ(pushed.wait_for(kAWhile), std::future_status::timeout);
  EXPECT_EQ(queue.pop(), 1);
  pushed.get();
  EXPECT_EQ(queue.pop(), 2);
}

TYPED_TEST(Queues, WakesAllConsumersWhenItIsClosed) {
  typename TypeParam::template Of<int> queue(1);
  std::vector<std::future<std::optional<int>>> consumers;
  for (int i = 0; i < 4; ++i) {
    consumers.push_back(
        std::async(std::launch::async, [&] { return queue.pop(); }));
  }
  queue.close();
  for (auto& consumer : consumers) EXPECT_EQ(consumer.get(), std::nullopt);
}

TYPED_TEST(Queues, LosesAndRepeatsNothingBetweenManyThreads) {
  constexpr int kItems = 5000;
  typename TypeParam::template Of<int> queue(8);
  std::vector<std::atomic<int>> seen(4 * kItems);
  std::vector<std::jthread> consumers;
  for (int i = 0; i < 4; ++i) {
    consumers.emplace_back([&] {
      while (const auto item = queue.pop()) {
        ++seen[static_cast<std::size_t>(*item)];
      }
    });
  }
  {
    std::vector<std::jthread> producers;
    for (int i = 0; i < 4; ++i) {
      producers.emplace_back([&queue, i] {
        for (int item = 0; item < kItems; ++item) queue.push(i * kItems + item);
      });
    }
  }
  queue.close();
  consumers.clear();
  for (const auto& count : seen) ASSERT_EQ(count, 1);
}

}  // namespace
}  // namespace sockmark
