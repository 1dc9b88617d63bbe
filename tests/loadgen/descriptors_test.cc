#include "loadgen/descriptors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <stdexcept>

#include "tests/loadgen/failure.h"

namespace sockmark {
namespace {

rlimit descriptor_limit() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  return limit;
}

// For as long as it exists.
class SoftLimit {
 public:
  explicit SoftLimit(rlim_t descriptors) {
    rlimit limit = before_;
    limit.rlim_cur = descriptors;
    setrlimit(RLIMIT_NOFILE, &limit);
  }
  ~SoftLimit() { setrlimit(RLIMIT_NOFILE, &before_); }
  SoftLimit(const SoftLimit&) = delete;
  SoftLimit& operator=(const SoftLimit&) = delete;

 private:
  const rlimit before_ = descriptor_limit();
};

TEST(Descriptors, AreRaisedToWhatIsNeeded) {
  const SoftLimit low(64);
  require_descriptors(100, 2);
  EXPECT_GE(descriptor_limit().rlim_cur, 102);
}

TEST(Descriptors, AreLeftAloneWhenTheySuffice) {
  const SoftLimit low(64);
  require_descriptors(10, 1);
  EXPECT_EQ(descriptor_limit().rlim_cur, 64);
}

TEST(Descriptors, ThatCannotBeHadAreNamedWithTheRemedy) {
  EXPECT_THAT(failure_of<std::runtime_error>(
                  [] { require_descriptors(1'000'000'000, 4); }),
              testing::AllOf(testing::HasSubstr("1000000000 connections need"),
                             testing::HasSubstr("'ulimit -n 1000000020'")));
}

}  // namespace
}  // namespace sockmark
