"""scripts/instructions: what it counts, and what it says of two counts."""

import json
import os
import pathlib
import shutil
import tempfile
import unittest

import bounded
from repository import Repository

HERE = pathlib.Path(__file__).resolve().parent
INSTRUCTIONS = HERE.parents[1] / "scripts/instructions"
BUILD = pathlib.Path(os.environ["BUILD_DIR"])


def can_run_below_valgrind():
    sanitized = "-fsanitize" in (BUILD / "CMakeCache.txt").read_text()
    return shutil.which("valgrind") and not sanitized


class Instructions(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.work = pathlib.Path(temporary.name)

    def run_it(self, *arguments, path=os.environ["PATH"], **environment):
        """Its status, the lines of JSON that it printed, all it said."""
        status, said = bounded.run(
            [INSTRUCTIONS, *arguments],
            env={**os.environ, "PATH": path, **environment})
        lines = [json.loads(line) for line in said.splitlines()
                 if line.startswith("{")]
        return status, lines, said

    def with_fake(self, *arguments, **environment):
        return self.run_it("--build", BUILD, "--requests", "20", *arguments,
                           path=f"{HERE / 'fakes'}:{os.environ['PATH']}",
                           **environment)


class Counting(Instructions):
    def test_start_and_end_are_not_in_the_figure(self):
        status, lines, said = self.with_fake("epoll_lt", FAKE_COST="5000")
        self.assertEqual(status, 0, said)
        self.assertEqual(len(lines), 1)
        self.assertEqual(lines[0]["server"], "epoll_lt")
        self.assertEqual(lines[0]["instructions_per_request"], 5000)
        self.assertEqual(lines[0]["spread"], 0)
        self.assertEqual(lines[0]["tool"], "callgrind, valgrind-of-tests")
        self.assertRegex(lines[0]["sha256"], "^[0-9a-f]{64}$")

    def test_counts_a_server_of_your_own(self):
        status, lines, said = self.with_fake(
            "mine", "--command", "server --port {port}", "--close",
            FAKE_COST="7")
        self.assertEqual(status, 0, said)
        self.assertEqual(lines[0]["command"], ["server", "--port", "{port}"])
        self.assertEqual(lines[0]["instructions_per_request"], 7)
        self.assertIsNone(lines[0]["sha256"])

    def test_a_server_that_fails_is_null_with_a_reason(self):
        status, lines, said = self.with_fake("epoll_lt", FAKE_END="crash")
        self.assertEqual(status, 5, said)
        self.assertIsNone(lines[0]["instructions_per_request"])
        self.assertEqual(
            lines[0]["reason"],
            "ended before it took connections: server: no such thing")

    def test_without_valgrind_it_says_that_it_did_nothing(self):
        tools = self.work / "tools"
        tools.mkdir()
        status, lines, said = self.run_it(path=str(tools))
        self.assertEqual((status, lines), (69, []))
        self.assertIn("SKIPPED, nothing was counted", said)

    def test_bad_input_is_named(self):
        for arguments, status, text in (
                (["nowhere"], 1, "has no server 'nowhere'"),
                (["--build", self.work], 1, "build it with make"),
                (["--requests", "0"], 2, "--requests"),
                (["--command", "x {port}"], 2, "--command"),
                (["mine", "--command", "x"], 2, "--command")):
            with self.subTest(arguments):
                ended, lines, said = self.with_fake(*arguments)
                self.assertEqual((ended, lines), (status, []), said)
                self.assertIn(text, said)

    @unittest.skipUnless(can_run_below_valgrind(),
                         "SKIPPED, nothing was counted: no valgrind, or a "
                         "build with sanitizers")
    def test_two_counts_of_a_server_agree(self):
        counts = []
        for _ in range(2):
            status, lines, said = self.run_it("--build", BUILD, "--requests",
                                              "200", "epoll_lt")
            self.assertEqual(status, 0, said)
            counts.append(lines[0]["instructions_per_request"])
        self.assertGreater(counts[0], 100)
        self.assertLess(abs(counts[1] / counts[0] - 1), 0.005)


class Since(Instructions):
    """A revision against what is built in the checkout."""

    def setUp(self):
        super().setUp()
        self.repository = Repository(self.work / "repository")
        self.repository.commit({"MODELS": "one | server --cost 1000 | event\n"})
        self.set_cost(1000)

    def set_cost(self, cost):
        folder = self.repository.folder / "build/release/servers"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "MODELS").write_text(f"one | server --cost {cost} | event\n")

    def since(self, base="main", build="mkdir -p build/release/servers && "
              "cp MODELS build/release/servers",
              path=f"{HERE / 'fakes'}:{os.environ['PATH']}"):
        return bounded.run(
            [str(INSTRUCTIONS) + "-since", base, "--requests", "20"],
            cwd=self.repository.folder,
            env={**os.environ, "PATH": path, "BUILD": build})

    def test_ends_by_what_came_of_it(self):
        for cost, status, finding in ((1000, 0, "same"), (900, 0, "improved"),
                                      (1100, 3, "regressed")):
            self.set_cost(cost)
            ended, said = self.since()
            self.assertEqual(ended, status, said)
            self.assertRegex(said, rf"(?m)^one +{finding} ")
            # The base is built once.
            self.assertEqual(self.since(build="false")[0], status)

    def test_an_unknown_base_and_a_build_that_fails_are_named(self):
        status, said = self.since("nowhere")
        self.assertEqual(status, 2)
        self.assertIn("no revision nowhere", said)
        status, said = self.since(build="false")
        self.assertEqual(status, 1)
        self.assertIn("the build of main failed", said)
        self.assertEqual(self.since("")[0], 2)

    def test_without_valgrind_it_says_that_it_did_nothing(self):
        tools = self.work / "tools"
        tools.mkdir()
        for tool in ("sh", "git", "dirname", "python3"):
            (tools / tool).symlink_to(shutil.which(tool))
        status, said = self.since(path=str(tools))
        self.assertEqual(status, 69, said)
        self.assertIn("SKIPPED, nothing was counted", said)


class Comparing(Instructions):
    def line(self, server="a", value=1000, **rest):
        return {"schema_version": 1, "server": server, "tool": "t",
                "close": False, "requests": 10, "sha256": None,
                "instructions_per_request": value, "spread": 0,
                "reason": None, **rest}

    def compare(self, base, new):
        files = []
        for name, lines in (("base.json", base), ("new.json", new)):
            file = self.work / name
            file.write_text(lines if isinstance(lines, str) else "".join(
                json.dumps(line) + "\n" for line in lines))
            files.append(file)
        status, _, said = self.run_it("--compare", *files)
        return status, said

    def test_a_percent_is_the_margin(self):
        for value, status, finding in (
                (1000, 0, "same"), (1010, 0, "same"), (1011, 3, "regressed"),
                (990, 0, "same"), (989, 0, "improved")):
            with self.subTest(value):
                ended, said = self.compare([self.line()],
                                           [self.line(value=value)])
                self.assertEqual(ended, status, said)
                self.assertRegex(said, rf"^a +{finding} ")

    def test_one_of_many_is_enough(self):
        self.assertEqual(self.compare(
            [self.line(), self.line("b")],
            [self.line(), self.line("b", 1100)])[0], 3)

    def test_a_server_that_is_gone_or_fails_is_worse(self):
        base = [self.line(), self.line("b")]
        self.assertEqual(self.compare(base, [self.line()])[0], 3)
        status, said = self.compare(
            base, [self.line(), self.line("b", None, reason="died")])
        self.assertEqual(status, 3)
        self.assertIn("died", said)

    def test_a_new_server_is_news(self):
        status, said = self.compare([self.line()],
                                    [self.line(), self.line("b", 9)])
        self.assertEqual(status, 0)
        self.assertRegex(said, r"(?m)^b +new$")

    def test_what_is_not_the_same_twice_is_inconclusive(self):
        status, said = self.compare([self.line()],
                                    [self.line(value=1200, spread=0.02)])
        self.assertEqual(status, 0)
        self.assertIn("inconclusive", said)

    def test_what_was_counted_otherwise_cannot_be_compared(self):
        for other in ({"tool": "u"}, {"close": True}, {"requests": 20},
                      {"server": "b"}):
            with self.subTest(other):
                self.assertEqual(self.compare(
                    [self.line()], [{**self.line(), **other}])[0], 7)

    def test_bad_files_are_named_with_the_line(self):
        good = json.dumps(self.line()) + "\n"
        for text, place in (
                ("", "base.json: empty"), (good + "{\n", "base.json:2: "),
                (good + good, "base.json:2: 'a' stands twice"),
                ("[]\n", "base.json:1: no line of"),
                (good.replace('"schema_version": 1', '"schema_version": 2'),
                 "base.json:1: schema_version 2"),
                (good.replace("1000", "NaN"), "base.json:1: no instructions"),
                (good.replace("1000", "0"), "base.json:1: no instructions")):
            with self.subTest(text):
                status, said = self.compare(text, [self.line()])
                self.assertEqual(status, 1)
                self.assertIn(place, said)
        status, _, said = self.run_it("--compare", self.work / "none", "x")
        self.assertEqual(status, 1)
        self.assertIn("none: ", said)


if __name__ == "__main__":
    unittest.main()
