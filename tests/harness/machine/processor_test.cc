#include "harness/machine/processor.h"

#include <gtest/gtest.h>

namespace sockmark {
namespace {

constexpr const char* kXeon =
    "processor\t: 0\n"
    "vendor_id\t: GenuineIntel\n"
    "cpu family\t: 6\n"
    "model\t\t: 85\n"
    "model name\t: Intel(R) Xeon(R) Gold 6254 CPU @ 3.10GHz\n"
    "stepping\t: 7\n"
    "microcode\t: 0x5003604\n"
    "cpu MHz\t\t: 3100.000\n"
    "flags\t\t: fpu vme sse2 ht\n"
    "\n"
    "processor\t: 1\n"
    "cpu MHz\t\t: 1200.000\n";

constexpr const char* kEpycGuest =
    "vendor_id\t: AuthenticAMD\n"
    "cpu family\t: 25\n"
    "model\t\t: 1\n"
    "model name\t: AMD EPYC 7B13\n"
    "stepping\t: 0\n"
    "flags\t\t: fpu hypervisor lahf_lm\n";

constexpr const char* kNeoverse =
    "processor\t: 0\n"
    "BogoMIPS\t: 243.75\n"
    "Features\t: fp asimd evtstrm aes\n"
    "CPU implementer\t: 0x41\n"
    "CPU architecture: 8\n"
    "CPU variant\t: 0x3\n"
    "CPU part\t: 0xd0c\n"
    "CPU revision\t: 1\n";

TEST(ParseProcessor, KnowsAnIntelOfBareMetal) {
  const Processor processor = parse_processor(kXeon);
  EXPECT_EQ(processor.model.value, "Intel(R) Xeon(R) Gold 6254 CPU @ 3.10GHz");
  EXPECT_EQ(processor.vendor.value, "GenuineIntel");
  EXPECT_EQ(processor.family.value, "6");
  EXPECT_EQ(processor.model_number.value, "85");
  EXPECT_EQ(processor.stepping.value, "7");
  EXPECT_EQ(processor.microcode.value, "0x5003604");
  EXPECT_EQ(processor.hypervisor.value, false);
  EXPECT_EQ(processor.hz.value, 3'100'000'000);  // the first one's
}

TEST(ParseProcessor, SeesAHypervisorAndWhatItHides) {
  const Processor processor = parse_processor(kEpycGuest);
  EXPECT_EQ(processor.hypervisor.value, true);
  EXPECT_FALSE(processor.microcode.value);
  EXPECT_EQ(processor.microcode.why_not, "no microcode in /proc/cpuinfo");
  EXPECT_FALSE(processor.hz.value);
}

TEST(ParseProcessor, TakesWhatArmGives) {
  const Processor processor = parse_processor(kNeoverse);
  EXPECT_FALSE(processor.model.value);
  EXPECT_EQ(processor.model.why_not, "no model name in /proc/cpuinfo");
  EXPECT_EQ(processor.vendor.value, "0x41");
  EXPECT_EQ(processor.family.value, "8");
  EXPECT_EQ(processor.model_number.value, "0xd0c");
  EXPECT_EQ(processor.stepping.value, "1");
  EXPECT_FALSE(processor.hypervisor.value);  // it would not say
}

}  // namespace
}  // namespace sockmark
