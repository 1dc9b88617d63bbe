// Every server, and the inputs that the fuzz targets start from.
#include "tests/fuzz/seeds.h"
#include "tests/fuzz/visit.h"
#include "tests/lib/replies.h"
#include "tests/servers/server_test.h"

namespace sockmark {
namespace {

class Corpus : public ServerTest {
 protected:
  void expect_replies(std::string_view input,
                      const std::vector<std::string_view>& pieces) {
    const Visit visited = visit(server_->port(), pieces);
    EXPECT_EQ(fault_of(visited, input, pieces.size()), "");
  }
};

TEST_P(Corpus, IsAnsweredHoweverItIsCut) {
  RunningServer& server = start();
  EXPECT_EQ(connect().ask(kGet, reply().size()), reply());
  const std::size_t before = server.settled_footprint();
  Random random(1);
  for (const Seed& seed : seeds_of("http")) {
    SCOPED_TRACE(seed.name);
    expect_replies(seed.bytes, {seed.bytes});
    expect_replies(seed.bytes, cut(seed.bytes, random));
    expect_replies(seed.bytes, cut(seed.bytes, random));
  }
  EXPECT_EQ(connect().ask(kGet, reply().size()), reply());
  EXPECT_TRUE(server.shrinks_back_to(before));
}

INSTANTIATE_TEST_SUITE_P(Models, Corpus, testing::ValuesIn(sound_models()),
                         name_of);

}  // namespace
}  // namespace sockmark
