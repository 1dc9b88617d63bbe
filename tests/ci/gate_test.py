"""scripts/gate: what it compares with what, and what it makes of the status."""

import os
import pathlib
import subprocess
import tempfile
import unittest

import bounded
from repository import Repository

HERE = pathlib.Path(__file__).resolve().parent
GATE = HERE.parents[1] / "scripts/gate"


class Gate(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.work = pathlib.Path(temporary.name)
        self.repository = Repository(self.work / "repository")
        self.root = self.repository.commit({"server": "1"})
        self.base = self.repository.commit({"server": "2"})
        self.repository.git("checkout", "-q", "-b", "topic")
        self.repository.commit({"server": "3"})
        self.head = self.repository.commit({"server": "4"})
        self.repository.git("checkout", "-q", "main")
        self.repository.commit({"other": "later, and none of the topic's"})
        self.repository.git("checkout", "-q", "topic")

    def gate(self, *arguments, status=0, folder=None, **environment):
        """Its status, what it said, and what it called sockmark with."""
        log = self.work / "log"
        log.unlink(missing_ok=True)
        ended, said = bounded.run(
            [GATE, *arguments], cwd=folder or self.repository.folder,
            env={"PATH": os.environ["PATH"], "HOME": str(self.work),
                 "SOCKMARK": str(HERE / "fakes/sockmark"),
                 "FAKE_LOG": str(log), "FAKE_STATUS": str(status),
                 **environment})
        called = log.read_text().splitlines() if log.exists() else []
        return ended, said, called

    def text_of(self, name):
        return (self.repository.folder / name).read_text()

    def test_compares_with_where_the_change_left_its_base(self):
        status, said, called = self.gate("main")
        self.assertEqual(status, 0, said)
        self.assertEqual(called, [
            "ab", self.base, "HEAD", "--markdown", "gate/summary.md",
            "--json", "gate/comparison.json", "--results", "gate/results"])

    def test_takes_the_base_from_the_ci_or_the_remote(self):
        for name in ("GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME",
                     "CHANGE_TARGET", "BUILDKITE_PULL_REQUEST_BASE_BRANCH"):
            self.repository.git("branch", "-f", "release", self.root)
            _, said, called = self.gate(**{name: "release"})
            self.assertEqual(called[1], self.root, f"{name}: {said}")
        _, said, called = self.gate()
        self.assertEqual(called[1], self.base, said)
        self.repository.git("update-ref", "refs/remotes/origin/trunk",
                            self.root)
        self.repository.git("symbolic-ref", "refs/remotes/origin/HEAD",
                            "refs/remotes/origin/trunk")
        _, said, called = self.gate()
        self.assertEqual(called[1], self.root, said)

    def test_takes_the_ci_s_branch_as_the_remote_has_it(self):
        self.repository.git("update-ref", "refs/remotes/origin/main", self.base)
        self.repository.git("branch", "-f", "main", self.root)
        _, said, called = self.gate(GITHUB_BASE_REF="main")
        self.assertEqual(called[1], self.base, said)
        _, said, called = self.gate("main")
        self.assertEqual(called[1], self.root, said)

    def test_knows_branches_that_only_the_remote_has(self):
        self.repository.git("update-ref", "refs/remotes/origin/release",
                            self.root)
        for base in ("release", "origin/release"):
            _, said, called = self.gate(base)
            self.assertEqual(called[1], self.root, said)

    def test_compares_what_is_merged_with_its_parent(self):
        _, said, called = self.gate("topic")
        self.assertEqual(called[1], self.repository.git(
            "rev-parse", "--short", "HEAD^"), said)

    def test_compares_a_merge_with_what_it_goes_into(self):
        """What GitHub checks out for a pull request."""
        main = self.repository.git("rev-parse", "--short", "main")
        self.repository.git("merge", "-q", "--no-ff", "--no-edit", "main")
        _, said, called = self.gate("main")
        self.assertEqual(called[1], main, said)

    def test_passes_flags_on(self):
        flags = ["--build", "make -j2 all", "--strict"]
        for base in (["main"], [""], []):
            _, said, called = self.gate(*base, *flags)
            self.assertEqual(called[1], self.base, said)
            self.assertEqual(called[-3:], flags)

    def test_ends_as_the_comparison_does(self):
        for status in range(8):
            ended, said, _ = self.gate("main", status=status)
            self.assertEqual(ended, status, said)
            self.assertEqual(self.text_of("gate/summary.md"),
                             f"verdict {status}\n")
        self.assertEqual(self.gate("main", status=130)[0], 130)

    def test_tells_github_what_it_came_to(self):
        summary = self.work / "summary"
        summary.write_text("before\n")
        kinds = ["notice", "error", "error", "error", "error", "error",
                 "warning", "error"]
        for status, kind in enumerate(kinds):
            _, said, _ = self.gate("main", status=status, GITHUB_ACTIONS="true",
                                   GITHUB_STEP_SUMMARY=str(summary))
            self.assertIn(f"::{kind} title=sockmark::", said)
        self.assertEqual(
            summary.read_text(),
            "before\n" + "".join(f"verdict {n}\n" for n in range(8)))

    def test_a_summary_is_never_larger_than_github_takes(self):
        """It would show none of it."""
        summary = self.work / "summary"
        for before, ours in ((1048576 - 10, True), (1048576 - 9, False)):
            summary.write_text("x" * before)
            status, _, _ = self.gate("main", status=3,
                                     GITHUB_STEP_SUMMARY=str(summary))
            self.assertEqual(status, 3)
            added = summary.read_text()[before:]
            self.assertEqual(added == "verdict 3\n", ours, added)
            self.assertIn("a server got slower" if not ours else "3", added)

    def test_has_a_summary_though_the_comparison_has_none(self):
        self.gate("main", status=0)
        status, _, _ = self.gate("main", status=1, FAKE_SILENT="1")
        self.assertEqual(status, 1)
        self.assertIn("failed to run", self.text_of("gate/summary.md"))

    def test_leaves_its_files_where_it_is_told(self):
        folder = self.work / "elsewhere"
        self.gate("main", GATE_FOLDER=str(folder))
        self.assertEqual(sorted(file.name for file in folder.iterdir()),
                         ["comparison.json", "results", "summary.md"])
        self.assertFalse((self.repository.folder / "gate").exists())

    def test_an_unknown_base_is_an_error(self):
        status, said, called = self.gate("nowhere")
        self.assertEqual((status, called), (2, []))
        self.assertIn("no revision nowhere", said)

    def test_a_first_commit_has_nothing_to_be_compared_with(self):
        self.repository.git("checkout", "-q", self.root)
        status, said, called = self.gate("main")
        self.assertEqual((status, called), (7, []))
        self.assertIn("no parent", said)

    def test_a_change_that_adds_the_manifest_has_no_base(self):
        self.repository.commit({"bench/servers.json": "{}"})
        flags = ["--strict", "--manifest", "bench/servers.json"]
        status, said, called = self.gate("main", *flags)
        self.assertEqual((status, called), (7, []), said)
        self.assertIn("bench/servers.json is new", said)
        self.assertEqual(
            self.gate("main", "--manifest=bench/servers.json")[0], 7)
        self.repository.git("branch", "-f", "main", "HEAD")
        self.repository.commit({"server": "6"})
        self.assertEqual(self.gate("main", *flags)[2][-3:], flags)
        # One that a build makes, or that is not there: sockmark's to find.
        self.assertEqual(self.gate("main", "--manifest", "made.json")[0], 0)

    def test_histories_that_never_met_cannot_be_compared(self):
        self.repository.git("checkout", "-q", "--orphan", "alien")
        self.repository.commit({"server": "6"})
        status, said, called = self.gate("main")
        self.assertEqual((status, called), (1, []))
        self.assertIn("no commit in common", said)

    def test_a_clone_without_history_is_told_how_to_get_it(self):
        shallow = self.work / "shallow"
        subprocess.run(["git", "clone", "-q", "--depth=1", "--no-single-branch",
                        f"file://{self.repository.folder}", str(shallow)],
                       check=True, capture_output=True, timeout=60)
        for base in ("main", "release", "HEAD"):
            status, said, called = self.gate(base, folder=shallow)
            self.assertNotEqual(status, 0)
            self.assertEqual(called, [])
            self.assertIn("fetch-depth: 0", said)

    def test_outside_of_a_repository_is_an_error(self):
        folder = self.work / "bare"
        folder.mkdir()
        status, said, called = self.gate("main", folder=folder)
        self.assertEqual((status, called), (1, []))
        self.assertIn("no git repository", said)


if __name__ == "__main__":
    unittest.main()
