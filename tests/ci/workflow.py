"""Runs a job of a GitHub workflow here: its `run:` steps in a temporary folder,
with the files and variables that GitHub gives them. An action is replaced by
what it does: checkout clones, upload-artifact copies. No job runs in its
container, and nothing is installed: fakes come first in PATH.
"""

import dataclasses
import glob
import os
import pathlib
import shutil
import subprocess

import yaml

from expressions import evaluate, substitute, text_of

STEP_SECONDS = 100


def read(file):
    """A workflow; "on" has to be quoted, or YAML 1.1 takes it for true."""
    workflow = yaml.safe_load(pathlib.Path(file).read_text())
    if True in workflow:
        raise ValueError(f'{file}: "on" is not quoted')
    return workflow


def call_inputs(workflow, given):
    """What `inputs` holds when another workflow calls this one."""
    declared = workflow["on"]["workflow_call"]["inputs"]
    unknown = set(given) - set(declared)
    if unknown:
        raise ValueError(f"unknown inputs: {sorted(unknown)}")
    empty = {"string": "", "boolean": False, "number": 0}
    return {name: given.get(name, about.get("default", empty[about["type"]]))
            for name, about in declared.items()}


@dataclasses.dataclass
class Outcome:
    conclusion: str = "success"
    log: str = ""
    summary: str = ""
    outputs: dict = dataclasses.field(default_factory=dict)
    artifacts: dict = dataclasses.field(default_factory=dict)  # name: folder


class Runner:
    """`repositories`: by name, the folder to clone. `github`: that context,
    with `repository` and `sha`. `environment` is added to that of every step."""

    def __init__(self, work, repositories, github, inputs, environment):
        self.work = pathlib.Path(work)
        self.repositories = repositories
        self.contexts = {"github": github, "inputs": inputs, "steps": {},
                         "env": {}}
        self.environment = environment
        self.workspace = self.work / "workspace"
        self.outcome = Outcome()

    def run(self, job):
        self.workspace.mkdir(parents=True)
        (self.work / "temp").mkdir()
        self.contexts["env"] = {name: text_of(self.expand(value))
                                for name, value in job.get("env", {}).items()}
        # GitHub's default: sh in a container, else bash.
        shell = "sh" if self.expand(job.get("container")) else "bash"
        for number, step in enumerate(job["steps"]):
            if self.is_due(step):
                self.step(step, shell, self.work / f"step{number}")
        self.outcome.outputs = {name: text_of(self.expand(value)) for
                                name, value in job.get("outputs", {}).items()}
        return self.outcome

    def expand(self, value):
        good = self.outcome.conclusion == "success"
        return substitute(value, self.contexts, {
            "always": True, "success": good, "failure": not good})

    def is_due(self, step):
        good = self.outcome.conclusion == "success"
        condition = str(step.get("if", "success()"))
        functions = {"always": True, "success": good, "failure": not good}
        asks = any(name + "()" in condition for name in functions)
        condition = condition.removeprefix("${{").removesuffix("}}")
        value = evaluate(condition, self.contexts, functions)
        return bool(value) and (asks or good)

    def step(self, step, shell, files):
        files.mkdir()
        if "run" in step:
            status = self.run_script(step, shell, files)
        else:
            action = step["uses"].partition("@")[0]
            status = {"actions/checkout": self.checkout,
                      "actions/upload-artifact": self.upload}[action](
                          {name: text_of(self.expand(value)) for name, value in
                           step.get("with", {}).items()})
        if status != 0:
            self.outcome.conclusion = "failure"

    def run_script(self, step, shell, files):
        (files / "script").write_text(step["run"])
        given = {name: files / name for name in ("output", "env", "path",
                                                 "step_summary")}
        for file in given.values():
            file.touch()
        environment = {
            "PATH": os.environ["PATH"], "HOME": str(self.work / "temp"),
            "GITHUB_ACTIONS": "true", "CI": "true",
            "GITHUB_BASE_REF": self.contexts["github"].get("base_ref", ""),
            "GITHUB_WORKSPACE": str(self.workspace),
            "RUNNER_TEMP": str(self.work / "temp"),
            **{"GITHUB_" + name.upper(): str(file)
               for name, file in given.items()},
            **self.environment, **self.contexts["env"],
            **{name: text_of(self.expand(value))
               for name, value in step.get("env", {}).items()}}
        done = subprocess.run(
            [shell, "-e", str(files / "script")], cwd=self.workspace,
            env=environment, stdin=subprocess.DEVNULL, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            timeout=STEP_SECONDS, check=False)
        self.outcome.log += done.stdout
        self.outcome.summary += given["step_summary"].read_text()
        self.contexts["env"].update(_assignments(given["env"]))
        if "id" in step:
            self.contexts["steps"][step["id"]] = {
                "outputs": _assignments(given["output"])}
        return done.returncode

    def checkout(self, given):
        """All branches as origin/..., HEAD detached; by default one commit."""
        name = given.get("repository") or self.contexts["github"]["repository"]
        folder = self.workspace / given.get("path", ".")
        is_own = name == self.contexts["github"]["repository"]
        commit = given.get("ref") or (
            self.contexts["github"]["sha"] if is_own else "HEAD")
        refs = "+refs/heads/*:refs/remotes/origin/*"
        depth = [] if given.get("fetch-depth") == "0" else ["--depth=1"]
        server = "git -c uploadpack.allowAnySHA1InWant=true upload-pack"
        url = f"file://{self.repositories[name]}"
        for command in (["init", "-q", str(folder)],
                        ["-C", folder, "remote", "add", "origin", url],
                        ["-C", folder, "fetch", "-q", f"--upload-pack={server}",
                         *depth, "origin", *([] if depth else [refs]), commit],
                        ["-C", folder, "checkout", "-q", "--detach",
                         "FETCH_HEAD" if depth else commit]):
            done = subprocess.run(["git", *command], capture_output=True,
                                  text=True, timeout=STEP_SECONDS, check=False)
            self.outcome.log += done.stderr
            if done.returncode != 0:
                return done.returncode
        return 0

    def upload(self, given):
        found = glob.glob(str(self.workspace / given["path"]))
        if not found:
            self.outcome.log += f"nothing to upload at {given['path']}\n"
            return given.get("if-no-files-found") == "error"
        folder = self.work / "artifacts" / given["name"]
        shutil.copytree(found[0], folder)
        self.outcome.artifacts[given["name"]] = folder
        return 0


def _assignments(file):
    lines = file.read_text().splitlines()
    return dict(line.split("=", 1) for line in lines)
