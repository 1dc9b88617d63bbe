"""What can be said of the workflows without running them, and of what
docs/ci.md tells people to add."""

import pathlib
import re
import subprocess
import sys
import unittest

try:
    import yaml
except ImportError:
    print("SKIPPED, no workflow was read: apt-get install python3-yaml")
    sys.exit(77)

from expressions import evaluate, expressions_in, substitute
from workflow import call_inputs, read

SOURCE = pathlib.Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((SOURCE / ".github/workflows").glob("*.yml"))
ACTIONS = {"actions/checkout@v4", "actions/upload-artifact@v4"}
FUNCTIONS = {"always": True, "success": True, "failure": True}


def jobs():
    for file in WORKFLOWS:
        for name, job in read(file)["jobs"].items():
            yield f"{file.name}: {name}", job


class Lint(unittest.TestCase):
    def test_there_are_workflows(self):
        self.assertIn("gate.yml", [file.name for file in WORKFLOWS])

    def test_workflows_may_only_read_and_every_job_ends(self):
        for file in WORKFLOWS:
            self.assertEqual(read(file)["permissions"], {"contents": "read"})
        for name, job in jobs():
            self.assertIn("timeout-minutes", job, name)

    def test_all_actions_are_known_and_pinned(self):
        for name, job in jobs():
            for step in job["steps"]:
                self.assertNotEqual("run" in step, "uses" in step, name)
                self.assertIn(step.get("uses", "actions/checkout@v4"), ACTIONS)

    def test_every_script_is_one(self):
        for name, job in jobs():
            for step in job["steps"]:
                done = subprocess.run(["sh", "-n"], input=step.get("run", ""),
                                      text=True, capture_output=True,
                                      timeout=10, check=False)
                self.assertEqual(done.stderr, "", name)

    def test_nothing_of_others_gets_into_a_script(self):
        """A branch can be named like a command: only variables are safe."""
        for name, job in jobs():
            for step in job["steps"]:
                found = expressions_in(step.get("run"))
                self.assertLessEqual(set(found), {" matrix.step "}, name)

    def test_every_expression_can_be_evaluated(self):
        for file in WORKFLOWS:
            workflow = read(file)
            called = workflow["on"].get("workflow_call", {}) \
                if isinstance(workflow["on"], dict) else {}
            inputs = called.get("inputs", {})
            contexts = {name: {} for name in ("github", "steps", "jobs",
                                              "env", "matrix", "inputs")}
            for source in expressions_in(workflow):
                evaluate(source, contexts, FUNCTIONS)
                for name in re.findall(r"inputs\.([\w-]+)", source):
                    self.assertIn(name, inputs, file)
            for name, about in inputs.items():
                self.assertIn("description", about, name)
                self.assertIn(f"inputs.{name}",
                              "".join(expressions_in(workflow)) +
                              str(workflow["jobs"]), f"{name} is not used")

    def test_a_newer_commit_ends_the_older_one_of_a_change_alone(self):
        group = read(SOURCE / ".github/workflows/gate.yml")[
            "jobs"]["gate"]["concurrency"]["group"]
        def of(run, base):
            return substitute(group, {"inputs": {}, "github": {
                "workflow": "w", "base_ref": base, "ref": "r",
                "run_id": run}}, FUNCTIONS)
        self.assertEqual(of("1", "main"), of("2", "main"))
        self.assertNotEqual(of("1", ""), of("2", ""))

    def test_steps_that_are_named_are_there(self):
        for name, job in jobs():
            ids = {step.get("id") for step in job["steps"]}
            for source in expressions_in(job):
                for step in re.findall(r"steps\.([\w-]+)", source):
                    self.assertIn(step, ids, name)


class Documented(unittest.TestCase):
    def test_the_workflow_to_add_calls_ours_with_inputs_that_it_has(self):
        text = (SOURCE / "docs/ci.md").read_text()
        blocks = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
        self.assertGreaterEqual(len(blocks), 1)
        gate = read(SOURCE / ".github/workflows/gate.yml")
        called = 0
        for block in blocks:
            example = yaml.safe_load(block)
            self.assertNotIn(True, example, '"on" has to be quoted')
            for job in example.get("jobs", {}).values():
                self.assertRegex(job["uses"], r"/\.github/workflows/gate\.yml@")
                call_inputs(gate, job["with"])
                called += 1
        self.assertGreaterEqual(called, 1)

    def test_every_input_and_exit_status_is_explained(self):
        text = (SOURCE / "docs/ci.md").read_text()
        gate = read(SOURCE / ".github/workflows/gate.yml")
        for name in gate["on"]["workflow_call"]["inputs"]:
            self.assertIn(f"`{name}`", text)
        for status in range(8):
            self.assertRegex(text, rf"(?m)^\| {status} \|")


if __name__ == "__main__":
    unittest.main()
