"""What a request takes a server, in instructions, by callgrind.

A server is run three times, for N, 2N and 3N requests on one connection. What
it takes to start and to end, and the connection, cancel out in the differences,
of which there are two: how far they are apart is the spread.
"""

import contextlib
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import tempfile
import time

SECONDS = 120  # for what takes 2 s


class Failure(Exception):
    pass


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextlib.contextmanager
def running(command, port, folder):
    """The server under callgrind, once it takes connections. It is asked to end
    behind the block, and what is left of it then is killed."""
    with open(folder / "log", "wb") as log:
        server = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", "--",
             "valgrind", "--tool=callgrind", "--trace-children=yes",
             "--dump-line=no", f"--callgrind-out-file={folder}/%p.out",
             # A child begins with its parent's counts, unless those have just
             # been written. Either name, by what the C library has.
             "--dump-before=fork", "--dump-before=_Fork",
             *(word.replace("{port}", str(port)) for word in command)],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            start_new_session=True)
    try:
        wait_for(server, port, folder)
        yield
        end(server, port)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def end(server, port):
    """Asks the server to end, and waits until its children have, too: each
    writes what was counted of it at its end."""
    server.send_signal(signal.SIGTERM)
    try:
        server.wait(1)
    except subprocess.TimeoutExpired:
        # valgrind keeps a signal back while its program is in io_uring_enter():
        # a connection ends that call.
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
    try:
        status = server.wait(SECONDS)
    except subprocess.TimeoutExpired:
        raise Failure("does not end when it is asked to") from None
    if status not in (0, -signal.SIGTERM, 128 + signal.SIGTERM):
        raise Failure(f"ended with status {status}")
    deadline = time.monotonic() + 5
    with contextlib.suppress(ProcessLookupError):
        while time.monotonic() < deadline:
            os.killpg(server.pid, 0)
            time.sleep(0.01)


def wait_for(server, port, folder):
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            said = (folder / "log").read_text(errors="replace")
            lines = [line for line in said.splitlines()
                     if line and not line.startswith("==")]
            raise Failure("ended before it took connections" +
                          (f": {lines[-1]}" if lines else ""))
        with contextlib.suppress(OSError), \
                socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    raise Failure("took no connection")


def put_load(loadgen, port, requests):
    """So many requests, all answered, by loadgen's account of its whole life.
    How it judges the measurement does not matter here: nothing is timed."""
    try:
        load = subprocess.run(
            [*loadgen, "-n", str(requests), "-d", f"{SECONDS}s", "--json", "-",
             f"http://127.0.0.1:{port}/"],
            stdin=subprocess.DEVNULL, capture_output=True, text=True,
            check=False, timeout=2 * SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Failure(f"loadgen: {error}") from None
    if not load.stdout:
        said = load.stderr.strip().splitlines() or [f"{load.returncode}"]
        raise Failure("loadgen: " + said[-1])
    answers = json.loads(load.stdout)["lifetime"]["answers"]
    if answers != requests:
        raise Failure(f"gave {answers} replies to {requests} requests")


def count(command, loadgen, requests):
    """Instructions in the life of the server's whole tree."""
    with tempfile.TemporaryDirectory() as name:
        folder, port = pathlib.Path(name), free_port()
        with running(command, port, folder):
            put_load(loadgen, port, requests)
        totals = [int(total) for file in folder.glob("*.out*") for total in
                  re.findall(r"^totals: (\d+)", file.read_text(), re.MULTILINE)]
    if not totals:
        raise Failure("callgrind wrote nothing of it")
    return sum(totals)


def measure(command, loadgen, n):
    """Instructions per request, and how far its two estimates are apart.
    `command` has {port} in it; `loadgen` is what puts a request on a server.
    """
    first, second, third = (count(command, loadgen, times * n)
                            for times in (1, 2, 3))
    per_request = (third - first) / (2 * n)
    if per_request <= 0:
        raise Failure("took no more instructions for more requests")
    spread = abs((third - second) - (second - first)) / (n * per_request)
    return per_request, spread
