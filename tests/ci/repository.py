"""A git repository for a test, in a folder of its own."""

import os
import pathlib
import subprocess


class Repository:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments):
        """What git says, without the newline; its failure is an error."""
        return subprocess.run(
            ["git", "-c", "user.name=test", "-c", "user.email=test@localhost",
             "-c", "commit.gpgsign=false", *arguments],
            cwd=self.folder, check=True, capture_output=True, text=True,
            env={**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null"},
            timeout=60).stdout.strip()

    def commit(self, files, message="change"):
        """Writes `files` (name: text), commits all; the commit's name."""
        for name, text in files.items():
            file = self.folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.git("rev-parse", "--short", "HEAD")
