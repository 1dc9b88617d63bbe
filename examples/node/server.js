// One thread and an event loop for all connections. The port is in PORT.
'use strict';

const http = require('node:http');

const BODY = 'Hello, World!';

const server = http.createServer((request, response) => {
  // Without a length, Node would send the body in chunks.
  response.writeHead(200, {
    'Content-Type': 'text/plain',
    'Content-Length': BODY.length,
  });
  response.end(BODY);
});

server.listen({
  host: '127.0.0.1',  // 'localhost' may be ::1 only
  port: Number(process.env.PORT),
  backlog: 1024,
});

process.on('SIGTERM', () => process.exit(0));
