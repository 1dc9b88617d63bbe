// The seeds of the fuzz target, in every build.
#include "tests/fuzz/reply_check.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/fuzz/seeds.h"
#include "tests/loadgen/response_corpus.h"

namespace sockmark {
namespace {

TEST(ReplyCheck, HoldsForTheSeeds) {
  const auto seeds = seeds_of("reply");
  EXPECT_GE(seeds.size(), 5);
  for (const Seed& seed : seeds) check_replies(seed.bytes);
}

TEST(ReplyCheck, HoldsForTheCorpusOfTheParser) {
  for (const ReplyStream& stream : good_replies()) check_replies(stream.bytes);
  for (const BadStream& stream : bad_replies()) check_replies(stream.bytes);
}

TEST(ReplyCheck, HoldsForEveryReplyBehindEveryOther) {
  for (const ReplyStream& first : good_replies()) {
    for (const ReplyStream& second : good_replies()) {
      check_replies(first.bytes + second.bytes);
    }
  }
}

TEST(ReplyCheck, HoldsForHeadsOfAnySize) {
  for (const std::size_t size : {9000U, 65'536U, 65'537U, 100'000U}) {
    check_replies(head_of(size));
    check_replies(head_of(size).substr(0, size - 1));
  }
}

}  // namespace
}  // namespace sockmark
