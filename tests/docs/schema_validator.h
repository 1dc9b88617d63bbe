// The opinion of a validator that is not ours: Python's jsonschema.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/docs/schema_cases.h"

namespace sockmark {

using Cases = std::vector<SchemaCase>;

// A verdict on each: "valid", or what is wrong.
std::vector<std::string> judge(const Cases& cases);

void expect_valid(const Cases& cases);
void expect_refused(const Cases& cases);

// Skips where the validator is not installed, and says so.
class Schemas : public testing::Test {
 protected:
  void SetUp() override;
};

}  // namespace sockmark
