"""One thread and an event loop for all connections: `evented.py PORT`."""

import asyncio
import signal
import sys

BODY = b"Hello, World!"
REPLY = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n%s\r\n" + BODY
STAY_OPEN = REPLY % (len(BODY), b"")
CLOSE = REPLY % (len(BODY), b"Connection: close\r\n")


class Connection(asyncio.Protocol):
    def __init__(self):
        self.received = b""

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.received += data
        while not self.transport.is_closing():
            head, end, rest = self.received.partition(b"\r\n\r\n")
            if not end:
                return
            self.received = rest
            if b"\nconnection: close" in head.lower():
                self.transport.write(CLOSE)
                self.transport.close()
            else:
                self.transport.write(STAY_OPEN)


async def main():
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stopped.set)
    server = await loop.create_server(
        Connection, "127.0.0.1", int(sys.argv[1]), backlog=1024
    )
    await stopped.wait()
    server.close()


asyncio.run(main())
