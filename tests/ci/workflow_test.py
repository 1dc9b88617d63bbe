"""The gate's workflow, run here: its summary has the verdict, its artifact the
records, and its job ends by the exit status, whatever came of the comparison.
"""

import json
import os
import pathlib
import shutil
import sys
import tempfile
import unittest

try:
    import yaml  # noqa: F401
except ImportError:
    print("SKIPPED, no workflow was run: apt-get install python3-yaml")
    sys.exit(77)

from repository import Repository
from workflow import Runner, call_inputs, read

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parents[1]
GATE = SOURCE / ".github/workflows/gate.yml"
SOCKMARK = pathlib.Path(os.environ["BUILD_DIR"]) / "bin/sockmark"


class Workflow(unittest.TestCase):
    """A project with a server of its own calls the gate for a change of it."""

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.work = pathlib.Path(temporary.name)
        self.log = self.work / "log"
        sockmark = Repository(self.work / "sockmark")
        (sockmark.folder / "scripts").mkdir()
        shutil.copy2(SOURCE / "scripts/gate", sockmark.folder / "scripts")
        sockmark.commit({})
        self.project = Repository(self.work / "project")
        self.base = self.project.commit(self.files(1))
        self.project.git("checkout", "-q", "-b", "topic")
        self.runs = 0

    def files(self, version):
        return {"server.py": f"# {version}\n" +
                (HERE / "data/server.py").read_text(),
                "servers.json": (HERE / "data/servers.json").read_text(),
                "tiny.json": (HERE / "data/tiny.json").read_text()}

    def run_gate(self, inputs=None, program=HERE / "fakes/sockmark", status=0):
        workflow = read(GATE)
        self.runs += 1
        given = {"sockmark": "them/sockmark", "manifest": "servers.json",
                 "build": "true", **(inputs or {})}
        runner = Runner(
            self.work / f"run{self.runs}",
            {"us/project": self.project.folder,
             "them/sockmark": self.work / "sockmark"},
            {"repository": "us/project", "base_ref": "main",
             "ref": "refs/pull/7/merge", "event": {},
             "sha": self.project.git("rev-parse", "topic")},
            call_inputs(workflow, given),
            {"PATH": f"{HERE / 'fakes'}:{os.environ['PATH']}",
             "SOCKMARK_PROGRAM": str(program), "FAKE_LOG": str(self.log),
             "FAKE_STATUS": str(status),
             # Tests run beside each other, which must not matter here.
             "SOCKMARK_LOCK": f"test-{os.getpid()}"})
        return runner.run(workflow["jobs"]["gate"])

    def test_a_change_that_does_nothing_passes(self):
        self.project.commit({"README": "new"})
        outcome = self.run_gate()
        self.assertEqual(outcome.conclusion, "success", outcome.log)
        self.assertEqual(outcome.summary, "verdict 0\n")
        self.assertEqual(outcome.outputs, {"status": "0"})

    def test_compares_the_change_with_the_target_branch(self):
        self.project.commit(self.files(2))
        outcome = self.run_gate({"servers": "ours", "experiment": "tiny.json",
                                 "strict": True, "build": "make -j2 all"})
        self.assertTrue(self.log.exists(), outcome.log)
        called = self.log.read_text().splitlines()
        self.assertEqual(called[:3], ["ab", self.base, "HEAD"])
        self.assertEqual(called[called.index("--build"):], [
            "--build", "make -j2 all", "--manifest", "servers.json",
            "--servers", "ours", "--experiment", "tiny.json", "--strict"])

    def test_ends_by_the_exit_status(self):
        self.project.commit(self.files(2))
        for status, conclusion, annotation in (
                (1, "failure", "::error"), (2, "failure", "::error"),
                (3, "failure", "::error"), (4, "failure", "::error"),
                (5, "failure", "::error"), (6, "success", "::warning"),
                (7, "failure", "::error")):
            with self.subTest(status):
                outcome = self.run_gate(status=status)
                self.assertEqual(outcome.conclusion, conclusion, outcome.log)
                self.assertEqual(outcome.outputs, {"status": str(status)})
                self.assertEqual(outcome.summary, f"verdict {status}\n")
                self.assertIn(annotation + " title=sockmark::", outcome.log)

    def test_statuses_can_be_made_neutral(self):
        self.project.commit(self.files(2))
        for neutral, status, conclusion in (
                ("6 7", 7, "success"), ("6 7", 3, "failure"),
                ("0", 6, "failure")):
            with self.subTest(neutral=neutral, status=status):
                outcome = self.run_gate({"neutral": neutral}, status=status)
                self.assertEqual(outcome.conclusion, conclusion, outcome.log)

    def test_keeps_the_records_also_of_a_failure(self):
        self.project.commit(self.files(2))
        for status in (0, 3):
            outcome = self.run_gate(status=status, inputs={"name": "mine"})
            folder = outcome.artifacts["sockmark-mine"]
            self.assertTrue((folder / "results/run/trials.jsonl").exists())
            self.assertEqual((folder / "summary.md").read_text(),
                             f"verdict {status}\n")

    def test_a_base_that_is_not_there_fails_and_says_so(self):
        outcome = self.run_gate({"base": "nowhere"})
        self.assertEqual(outcome.conclusion, "failure")
        self.assertIn("no revision nowhere", outcome.summary)
        self.assertEqual(outcome.outputs, {"status": "2"})

    def test_measures_itself_without_inputs(self):
        """As for a pull request of sockmark's own: nothing is an input."""
        self.project.commit({"scripts/gate": ""})
        shutil.copy2(SOURCE / "scripts/gate",
                     self.project.folder / "scripts/gate")
        self.project.commit({})
        runner = Runner(
            self.work / "own", {"us/project": self.project.folder},
            {"repository": "us/project", "base_ref": "main", "ref": "r",
             "event": {}, "sha": self.project.git("rev-parse", "topic")}, {},
            {"PATH": f"{HERE / 'fakes'}:{os.environ['PATH']}",
             "SOCKMARK_PROGRAM": str(HERE / "fakes/sockmark"),
             "FAKE_LOG": str(self.log), "FAKE_STATUS": "0"})
        outcome = runner.run(read(GATE)["jobs"]["gate"])
        self.assertEqual(outcome.conclusion, "success", outcome.log)
        called = self.log.read_text().splitlines()
        self.assertEqual(called[:3], ["ab", self.base, "HEAD"])
        self.assertEqual(called[-2:], ["--build", "make"])

    def test_runs_a_real_comparison(self):
        """Of two servers that are alike, with margins that none can leave. If
        others leave the generator no CPU, there are no figures to compare."""
        self.project.commit(self.files(2))
        outcome = self.run_gate({"experiment": "tiny.json"}, program=SOCKMARK)
        folder = outcome.artifacts["sockmark-gate"]
        compared = json.loads((folder / "comparison.json").read_text())
        found = {judgement["finding"] for judgement in compared["judgements"]}
        if found:
            self.assertEqual(outcome.conclusion, "success", outcome.log)
            self.assertEqual(outcome.outputs, {"status": "0"})
            self.assertLessEqual(found, {"same", "inconclusive"})
        else:
            self.assertEqual(outcome.conclusion, "failure", outcome.log)
            self.assertEqual(outcome.outputs, {"status": "7"})
            self.assertIn("want of a quiet machine", outcome.summary)
        self.assertIn("ours", outcome.summary)
        self.assertEqual((folder / "summary.md").read_text(), outcome.summary)
        runs = list(folder.glob("results/*-ab/trials.jsonl"))
        self.assertEqual(len(runs), 1, outcome.log)
        trials = [json.loads(line) for line in
                  runs[0].read_text().splitlines()]
        self.assertEqual({trial["status"] for trial in trials}, {"ok"})
        self.assertEqual({trial["server"]["name"] for trial in trials},
                         {"ours@base", "ours@head"})

    def test_a_real_server_that_breaks_fails_the_job(self):
        self.project.commit({"server.py": "raise SystemExit('broken')"})
        outcome = self.run_gate({"experiment": "tiny.json"}, program=SOCKMARK)
        self.assertEqual(outcome.conclusion, "failure", outcome.log)
        self.assertEqual(outcome.outputs, {"status": "3"}, outcome.log)
        self.assertIn("ours", outcome.summary)
        self.assertIn("::error title=sockmark::", outcome.log)

    def test_a_build_that_fails_is_in_the_summary(self):
        self.project.commit({"broken": ""})
        outcome = self.run_gate({"build": "test ! -e broken"},
                                program=SOCKMARK)
        self.assertEqual(outcome.conclusion, "failure")
        self.assertEqual(outcome.outputs, {"status": "1"}, outcome.log)
        self.assertIn("failed to run", outcome.summary)
        self.assertIn("the build failed", outcome.log)


if __name__ == "__main__":
    unittest.main()
