#include "lib/queue.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <thread>
#include <vector>

namespace sockmark {
namespace {

using namespace std::chrono_literals;

// Long enough for a thread that can go on to do so, most of the time. A test
// that a thread waits may miss a fault, but never reports one that is none.
constexpr auto kAWhile = 20ms;

TEST(Queue, GivesItemsInTheOrderTheyCame) {
  Queue<int> queue(3);
  for (const int item : {1, 2, 3}) queue.push(item);
  for (const int item : {1, 2, 3}) EXPECT_EQ(queue.pop(), item);
}

TEST(Queue, CarriesItemsThatOnlyMove) {
  Queue<std::unique_ptr<int>> queue(1);
  queue.push(std::make_unique<int>(7));
  EXPECT_EQ(**queue.pop(), 7);
}

TEST(Queue, GivesWhatIsLeftAfterItWasClosed) {
  Queue<int> queue(2);
  queue.push(1);
  queue.push(2);
  queue.close();
  EXPECT_EQ(queue.pop(), 1);
  EXPECT_EQ(queue.pop(), 2);
  EXPECT_EQ(queue.pop(), std::nullopt);
  EXPECT_EQ(queue.pop(), std::nullopt);
}

TEST(Queue, MakesConsumersWaitForAnItem) {
  Queue<int> queue(1);
  auto popped = std::async(std::launch::async, [&] { return queue.pop(); });
  EXPECT_EQ(popped.wait_for(kAWhile), std::future_status::timeout);
  queue.push(1);
  EXPECT_EQ(popped.get(), 1);
}

TEST(Queue, MakesProducersWaitForRoom) {
  Queue<int> queue(1);
  queue.push(1);
  auto pushed = std::async(std::launch::async, [&] { queue.push(2); });
  EXPECT_EQ(pushed.wait_for(kAWhile), std::future_status::timeout);
  EXPECT_EQ(queue.pop(), 1);
  pushed.get();
  EXPECT_EQ(queue.pop(), 2);
}

TEST(Queue, WakesAllConsumersWhenItIsClosed) {
  Queue<int> queue(1);
  std::vector<std::future<std::optional<int>>> consumers;
  for (int i = 0; i < 4; ++i) {
    consumers.push_back(
        std::async(std::launch::async, [&] { return queue.pop(); }));
  }
  queue.close();
  for (auto& consumer : consumers) EXPECT_EQ(consumer.get(), std::nullopt);
}

TEST(Queue, LosesAndRepeatsNothingBetweenManyThreads) {
  constexpr int kItems = 5000;
  Queue<int> queue(7);
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
