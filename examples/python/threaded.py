"""A thread per connection: `threaded.py PORT`."""

import signal
import socketserver
import sys
from http.server import BaseHTTPRequestHandler

BODY = b"Hello, World!"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # 1.0 would close after each reply
    wbufsize = -1  # head and body in one write, not in two
    disable_nagle_algorithm = True

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, *_):
        pass  # a line per request would be measured, too


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 1024


signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
with Server(("127.0.0.1", int(sys.argv[1])), Handler) as server:
    server.serve_forever()
