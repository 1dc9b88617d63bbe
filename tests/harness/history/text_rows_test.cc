#include "harness/history/text_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sockmark {
namespace {

using testing::ElementsAre;

TEST(TextRows, AreOneWhereThereIsRoom) {
  EXPECT_THAT(rows_of({{0.0, "12345678"}, {0.1, "1"}}, 100), ElementsAre(0, 0));
  EXPECT_TRUE(rows_of({}, 100).empty());
}

TEST(TextRows, AreAsManyAsItTakes) {
  EXPECT_THAT(rows_of({{0.0, "123456789"},
                       {0.1, "123456789"},
                       {0.11, "12"},
                       {0.12, "µµµµµµµµµ"},
                       {0.23, "1"}},
                      100),
              ElementsAre(0, 1, 0, 2, 0));
}

}  // namespace
}  // namespace sockmark
