"""Runs a program to its end, and never longer than it may: whatever it started
in its session ends with it."""

import os
import signal
import subprocess


def run(command, seconds=100, **how):
    """Its exit status, and what it wrote to stdout and stderr together."""
    with subprocess.Popen(
            [str(word) for word in command], text=True, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, **how) as program:
        try:
            said, _ = program.communicate(timeout=seconds)
            return program.returncode, said
        except subprocess.TimeoutExpired as late:
            raise TimeoutError(f"{command}: {late.output}") from None
        finally:
            try:
                os.killpg(program.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
