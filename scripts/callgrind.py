"""What a request takes a server, in instructions, by callgrind.

A server is run three times, for N, 2N and 3N requests on one connection. What
it takes to start and to end, and the connection, cancel out in the differences,
of which there are two: how far they are apart is the spread.

The client is one that waits before each request until the server sleeps again.
With loadgen, whether an event loop finds the next request already there, and
which descriptor a connection gets, is chance, and both cost instructions.
"""

import contextlib
import http.client
import os
import pathlib
import random
import re
import signal
import socket
import subprocess
import tempfile
import time

SECONDS = 60  # for what takes one or two
PAUSE_SECONDS = 0.002


class Failure(Exception):
    pass


def free_port():
    """Below those that the kernel deals out, unless it is set otherwise: nobody
    gets it until the server has it."""
    while True:
        port = random.randrange(20000, 32000)
        with socket.socket() as listener, contextlib.suppress(OSError):
            listener.bind(("127.0.0.1", port))
            return port


@contextlib.contextmanager
def running(command, port, folder):
    """The server under callgrind, and a connection to it. It is asked to end
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
        with connected(server, port, folder) as connection:
            yield connection
        end(server)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def end(server):
    """Asks the server to end, and waits until its children have, too: each
    writes what was counted of it at its end."""
    time.sleep(0.1)  # a child or thread of the last connection ends first
    server.send_signal(signal.SIGTERM)
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


def connected(server, port, folder):
    """The first connection that it takes."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            said = (folder / "log").read_text(errors="replace")
            lines = [line for line in said.splitlines()
                     if line and not line.startswith("==")]
            raise Failure("ended before it took connections" +
                          (f": {lines[-1]}" if lines else ""))
        with contextlib.suppress(OSError):
            made = socket.create_connection(("127.0.0.1", port), SECONDS)
            if made.getsockname() != made.getpeername():
                return made
            made.close()  # nobody listened, and it got that port for itself
        time.sleep(0.02)
    raise Failure("took no connection")


def ask(port, connection, requests, close):
    """So many requests, one behind the other; the first one on `connection`,
    and with `close` each of the others on one of its own."""
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    client.sock = connection
    headers = {"Connection": "close"} if close else {}
    for number in range(requests):
        time.sleep(PAUSE_SECONDS)
        try:
            client.request("GET", "/", headers=headers)
            reply = client.getresponse()
            reply.read()
        except (OSError, http.client.HTTPException) as error:
            raise Failure(f"request {number + 1}: {error!r}") from None
        if reply.status >= 400:
            raise Failure(f"request {number + 1}: status {reply.status}")
        if client.sock is None and not close:
            raise Failure("closes its connections: --close counts that")
        if close:
            client.close()
    client.close()


def count(command, requests, close):
    """Instructions in the life of the server's whole tree."""
    with tempfile.TemporaryDirectory() as name:
        folder, port = pathlib.Path(name), free_port()
        with running(command, port, folder) as connection:
            ask(port, connection, requests, close)
        totals = [int(total) for file in folder.glob("*.out*") for total in
                  re.findall(r"^totals: (\d+)", file.read_text(), re.MULTILINE)]
    if not totals:
        raise Failure("callgrind wrote nothing of it")
    return sum(totals)


def measure(command, n, close):
    """Instructions per request, and how far its two estimates are apart, as a
    share. `command` has {port} in it; with `close` a request has a connection
    of its own."""
    first, second, third = (count(command, times * n, close)
                            for times in (1, 2, 3))
    per_request = (third - first) / (2 * n)
    if per_request <= 0:
        raise Failure("took no more instructions for more requests")
    spread = abs((third - second) - (second - first)) / (n * per_request)
    return per_request, spread
