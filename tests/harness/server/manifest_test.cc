#include "harness/server/manifest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <stdexcept>

#include "tests/harness/temporary_folder.h"

namespace sockmark {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

// What is said of a manifest with this one server; "fine" if nothing.
std::string mistake_in(const std::string& text) {
  try {
    parse_manifest(text, "m.json");
  } catch (const std::runtime_error& mistake) {
    return mistake.what();
  }
  return "fine";
}

// The same of a server that has `members` beside a name and a command.
std::string mistake_with(const std::string& members) {
  return mistake_in(
      "{\"servers\": [{\"name\": \"a\",\n"
      "\"command\": [\"a\", \"{port}\"],\n" +
      members + "}]}");
}

TEST(Manifest, SaysAllThatDesignHas) {
  const auto servers = parse_manifest(R"({"servers": [{
      // A comment
      "name": "django", "command": ["python3", "app.py", "--port", "{port}"],
      "cwd": "sub", "env": {"A": "b", "PORT": "{port}"}, "port": null,
      "protocol": "http", "keep_alive": false,  /* and another */
      "request": {"path": "/x?y=1"},
      "expect": {"status": 201, "body": "hello\n"}, "ready_timeout": "1.5s",
      "stop": {"signal": "INT", "grace": "500ms"}, "summary": "a test"}]})",
                                      "folder/m.json");
  ASSERT_EQ(servers.size(), 1);
  const ServerSpec& server = servers[0];
  EXPECT_EQ(server.name, "django");
  EXPECT_THAT(server.command,
              ElementsAre("python3", "app.py", "--port", "{port}"));
  EXPECT_EQ(server.cwd, "folder/sub");
  EXPECT_THAT(server.env, ElementsAre(Pair("A", "b"), Pair("PORT", "{port}")));
  EXPECT_FALSE(server.port);
  EXPECT_FALSE(server.keep_alive);
  EXPECT_EQ(server.path, "/x?y=1");
  EXPECT_EQ(server.expected_status, 201);
  EXPECT_EQ(server.expected_body, "hello\n");
  EXPECT_EQ(server.ready_timeout, std::chrono::milliseconds(1500));
  EXPECT_EQ(server.stop_signal, SIGINT);
  EXPECT_EQ(server.stop_grace, std::chrono::milliseconds(500));
  EXPECT_EQ(server.summary, "a test");
  EXPECT_EQ(server.family, kUserFamily);
  EXPECT_FALSE(server.is_built_in());
}

TEST(Manifest, NeedsNoMoreThanANameAndACommand) {
  const auto servers = parse_manifest(
      R"({"servers": [{"name": "a", "command": ["x", "-p{port}"]},
                      {"name": "b", "command": ["y"], "port": 8080},
                      {"name": "c", "command": ["z"],
                       "env": {"PORT": "{port}"}}]})",
      "m.json");
  ASSERT_EQ(servers.size(), 3);
  EXPECT_EQ(servers[0].expected_status, 200);
  EXPECT_FALSE(servers[0].expected_body);
  EXPECT_TRUE(servers[0].keep_alive);
  EXPECT_EQ(servers[0].path, "/");
  EXPECT_EQ(servers[0].ready_timeout, std::chrono::seconds(10));
  EXPECT_EQ(servers[0].stop_signal, SIGTERM);
  EXPECT_EQ(servers[0].summary, "x -p{port}");
  EXPECT_EQ(servers[1].port, 8080);
}

TEST(Manifest, NamesThePlaceOfAWrongValueAndWhatWasExpected) {
  EXPECT_EQ(mistake_with("\"ready_timeout\": 3"),
            "m.json:3:1: \"ready_timeout\": expected a duration such as "
            "\"10s\" or \"500ms\", got 3");
  EXPECT_THAT(mistake_with("  \"keep_alive\": \"no\""),
              HasSubstr("m.json:3:3: \"keep_alive\": expected true or false"));
  EXPECT_THAT(mistake_with("\"port\": 70000"),
              HasSubstr("expected a whole number from 1 to 65535, got 70000"));
  EXPECT_THAT(mistake_with("\"port\": -1"), HasSubstr("got -1"));
  EXPECT_THAT(mistake_with("\"port\": 80.5"), HasSubstr("got 80.5"));
  EXPECT_THAT(mistake_with("\"port\": 18446744073709551615"),
              HasSubstr("got 18446744073709551615"));
  EXPECT_THAT(mistake_with("\"env\": {\"A\": 1}"),
              HasSubstr("m.json:3:9: \"A\": expected text in quotes, got 1"));
  EXPECT_THAT(mistake_with("\"env\": [\"A=1\"]"), HasSubstr("an object"));
  EXPECT_THAT(mistake_with("\"env\": {\"A=B\": \"1\"}"), HasSubstr("'='"));
  EXPECT_THAT(mistake_with("\"request\": {\"path\": \"x\"}"),
              HasSubstr("expected a path such as"));
  EXPECT_THAT(mistake_with("\"request\": {\"path\": \"/a b\"}"),
              HasSubstr("without blanks"));
  EXPECT_THAT(mistake_with("\"expect\": {\"status\": \"200\"}"),
              HasSubstr("m.json:3:12: \"status\": expected a whole number"));
  EXPECT_THAT(mistake_with("\"expect\": {\"body\": \"a\\u0000\"}"),
              HasSubstr("without \\u0000"));
  EXPECT_THAT(mistake_with("\"stop\": {\"signal\": \"KILL\"}"),
              HasSubstr("expected one of TERM, INT, QUIT"));
  EXPECT_THAT(mistake_with("\"stop\": {\"grace\": \"0s\"}"),
              HasSubstr("above 0"));
  EXPECT_THAT(mistake_with("\"ready_timeout\": \"10\""), HasSubstr("got \"10"));
}

TEST(Manifest, KnowsWhichProtocolsThereAre) {
  EXPECT_EQ(mistake_with("\"protocol\": \"http\""), "fine");
  EXPECT_THAT(mistake_with("\"protocol\": \"echo\""),
              HasSubstr("\"http\" only, not yet over \"echo\""));
  EXPECT_THAT(mistake_with("\"protocol\": \"gopher\""),
              HasSubstr("expected \"http\", got \"gopher\""));
}

TEST(Manifest, ListsTheKeysThatItKnows) {
  const std::string mistake = mistake_with("\"redy_timeout\": \"10s\"");
  EXPECT_THAT(mistake, HasSubstr("m.json:3:1: \"redy_timeout\": unknown "
                                 "(did you mean 'ready_timeout'?); known here "
                                 "are name, summary, command"));
  EXPECT_THAT(mistake_with("\"stop\": {\"sig\": \"INT\"}"),
              HasSubstr("known here are signal, grace"));
  EXPECT_THAT(mistake_in("{\"server\": []}"),
              HasSubstr("known here are servers"));
}

TEST(Manifest, RefusesAKeyThatStandsTwice) {
  EXPECT_EQ(mistake_with("\"port\": 1, \"port\": 2"),
            "m.json:3:12: \"port\": a second one in the same object");
}

TEST(Manifest, NeedsAWayToTellThePort) {
  EXPECT_THAT(mistake_in("{\"servers\": [{\"name\": \"a\",\n"
                         " \"command\": [\"nginx\"]}]}"),
              HasSubstr("m.json:2:2: \"command\": expected \"{port}\" in it"));
}

TEST(Manifest, RefusesCommandsThatAreNone) {
  const auto with_command = [](const std::string& command) {
    return mistake_in(
        "{\"servers\": [{\"name\": \"a\", \"command\": " + command + "}]}");
  };
  EXPECT_THAT(with_command("\"node app.js {port}\""), HasSubstr("an array"));
  EXPECT_THAT(with_command("[]"), HasSubstr("a program and its arguments"));
  EXPECT_THAT(with_command("[\"\", \"{port}\"]"), HasSubstr("a program"));
  EXPECT_THAT(with_command("[\"x\", 80]"),
              HasSubstr("\"command\"[1]: expected text in quotes, got 80"));
}

TEST(Manifest, RefusesNamesThatTablesAndOptionsCannotHold) {
  for (const char* const name : {"", "a b", "a,b", "-a", "a|b", "ä"}) {
    EXPECT_THAT(mistake_in(std::string("{\"servers\": [{\"name\": \"") + name +
                           "\", \"command\": [\"a\", \"{port}\"]}]}"),
                HasSubstr("expected a name of at most"))
        << name;
  }
}

TEST(Manifest, RefusesASecondServerOfTheSameName) {
  EXPECT_EQ(
      mistake_in("{\"servers\": ["
                 "{\"name\": \"a\", \"command\": [\"a\"], \"port\": 1},\n"
                 "{\"name\": \"a\", \"command\": [\"b\"], \"port\": 2}]}"),
      "m.json:2:2: \"name\": a second server named 'a'");
}

TEST(Manifest, SaysWhatIsMissing) {
  EXPECT_THAT(mistake_in("{\"servers\": [\n{\"command\": [\"{port}\"]}]}"),
              HasSubstr("m.json:2:1: \"servers\"[0]: expected \"name\""));
  EXPECT_THAT(mistake_in("{}"), HasSubstr("expected \"servers\""));
  EXPECT_THAT(mistake_in("{\"servers\": []}"),
              HasSubstr("at least one server"));
  EXPECT_THAT(mistake_in("[]"), HasSubstr("m.json:1:1: expected an object"));
}

TEST(Manifest, NamesThePlaceOfWhatIsNoJson) {
  EXPECT_THAT(mistake_in("{\"servers\": [\n  {\"name\": \"a\",}\n]}"),
              HasSubstr("m.json:2:16: syntax error while parsing object key"));
  EXPECT_THAT(mistake_in(""), HasSubstr("m.json:1:"));
  EXPECT_THAT(mistake_in("{\"servers\": [\"\xff\"]}"), HasSubstr("UTF-8"));
}

TEST(ReadManifest, TakesFoldersAndProgramsFromWhereItIs) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder.path() / "app");
  const auto file = folder.write("servers.json", R"({"servers": [
      {"name": "a", "command": ["./run", "{port}"], "cwd": "app"},
      {"name": "b", "command": ["node", "{port}"]}]})");
  const auto servers = read_manifest(file);
  ASSERT_EQ(servers.size(), 2);
  EXPECT_EQ(servers[0].cwd, folder.path() / "app");
  EXPECT_EQ(servers[0].command[0], (folder.path() / "app/run").string());
  EXPECT_EQ(std::filesystem::path(servers[1].cwd) / "", folder.path() / "");
  EXPECT_EQ(servers[1].command[0], "node");
  EXPECT_EQ(servers[0].manifest, file);
}

TEST(ReadManifest, NamesWhatIsNotThere) {
  EXPECT_THAT([] { read_manifest("/nowhere/m.json"); },
              testing::ThrowsMessage<std::runtime_error>(
                  HasSubstr("cannot read /nowhere/m.json")));
  const TemporaryFolder folder;
  const auto file = folder.write(
      "m.json",
      R"({"servers": [{"name": "a", "command": ["{port}"], "cwd": "no"}]})");
  EXPECT_THAT([&] { read_manifest(file); },
              testing::ThrowsMessage<std::runtime_error>(
                  HasSubstr("server 'a': no working folder")));
}

}  // namespace
}  // namespace sockmark
