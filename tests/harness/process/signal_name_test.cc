#include "harness/process/signal_name.h"

#include <gtest/gtest.h>

#include <csignal>

namespace sockmark {
namespace {

TEST(SignalName, IsReadWithAndWithoutItsPrefixInAnyCase) {
  EXPECT_EQ(stop_signal_named("TERM"), SIGTERM);
  EXPECT_EQ(stop_signal_named("SIGINT"), SIGINT);
  EXPECT_EQ(stop_signal_named("sigquit"), SIGQUIT);
  EXPECT_EQ(stop_signal_named("Winch"), SIGWINCH);
}

TEST(SignalName, ThatStopsNoServerIsRefused) {
  for (const char* const name :
       {"KILL", "STOP", "15", "", "SIG", "TERMINATE"}) {
    EXPECT_FALSE(stop_signal_named(name)) << name;
  }
}

TEST(SignalName, IsWrittenInFull) {
  EXPECT_EQ(signal_name(SIGQUIT), "SIGQUIT");
  EXPECT_EQ(signal_name(SIGRTMIN + 3), "signal 37");
  EXPECT_EQ(stop_signal_names().substr(0, 9), "TERM, INT");
}

}  // namespace
}  // namespace sockmark
