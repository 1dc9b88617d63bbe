// A server that misbehaves as told: `fake_server MODE [PORT]`. Without a port
// it is one of ours: it lets the kernel pick one and prints the readiness line.
// Further arguments, the flags of the servers' command line, are ignored.
//
// FAKE_GATE: a file; it listens only once that is there. FAKE_BODY: of the
// reply in mode "env", followed by the working folder.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <thread>

namespace {

constexpr int kForever = 1 << 30;
constexpr unsigned kLong = 600;
constexpr std::string_view kGood =
    "HTTP/1.1 200 OK\r\nContent-Length: 13\r\nConnection: close\r\n\r\n"
    "Hello, World!";
constexpr std::string_view kWarmingUp =
    "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n"
    "Connection: close\r\n\r\n";

int listen_on(std::uint16_t port, bool shared) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  const int on = 1;
  setsockopt(fd, SOL_SOCKET, shared ? SO_REUSEPORT : SO_REUSEADDR, &on,
             sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
      listen(fd, 128) != 0) {
    std::perror("fake_server");
    std::exit(1);
  }
  return fd;
}

void print_readiness_line(int fd) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
  std::printf("listening 127.0.0.1:%d\n", ntohs(address.sin_port));
  std::fflush(stdout);
}

void close_it(int fd) { close(fd); }

// Answers each connection once and closes it, `limit` times, unless `finish`
// does something else.
void serve(int listener, std::string_view reply, int limit = kForever,
           void (*finish)(int fd) = close_it) {
  for (int served = 0; served < limit; ++served) {
    const int fd = accept(listener, nullptr, nullptr);
    char request[4096];
    (void)!read(fd, request, sizeof request);
    (void)!write(fd, reply.data(), reply.size());
    finish(fd);
  }
}

// One connection at a time, for as long as the client keeps it open.
[[noreturn]] void serve_open(int listener, std::string_view reply) {
  for (;;) {
    const int fd = accept(listener, nullptr, nullptr);
    char request[4096];
    while (read(fd, request, sizeof request) > 0 &&
           write(fd, reply.data(), reply.size()) > 0) {
    }
    close(fd);
  }
}

// What the first connections leave behind in servers that leak.
bool still_leaks() {
  static int left = 20;
  return left > 0 && left-- > 0;
}

void leak_fd(int fd) {
  shutdown(fd, SHUT_RDWR);
  if (!still_leaks()) close(fd);
}

void leak_zombie(int fd) {
  close(fd);
  if (still_leaks() && fork() == 0) _exit(0);
}

void leak_thread(int fd) {
  close(fd);
  if (still_leaks()) std::thread([] { pause(); }).detach();
}

void wait_for_gate() {
  const char* const gate = std::getenv("FAKE_GATE");
  while (gate != nullptr && access(gate, F_OK) != 0) usleep(1000);
}

// What it does instead of serving; the status to exit with, or -1 to go on.
int before_listening(const std::string& mode) {
  if (mode == "unavailable") {
    std::fprintf(stderr, "fake_server: no io_uring in this kernel\n");
    return 69;
  }
  if (mode == "dies_at_start") {
    std::fprintf(stderr, "fake_server: no database\n");
    return 3;
  }
  if (mode == "exits_at_once") return 0;
  if (mode == "silent") return sleep(kLong), 0;
  if (mode == "says_something_else") {
    std::printf("Server started!\n");
    std::fflush(stdout);
    return sleep(kLong), 0;
  }
  if (mode == "late") usleep(300'000);
  if (mode == "daemon" || mode == "daemon_in_group") {
    if (fork() != 0) return 0;
    if (mode == "daemon") setsid();
  }
  return -1;
}

// What it leaves behind, and which signals it heeds.
void prepare_for_the_end(const std::string& mode) {
  if (mode == "ignores_term") std::signal(SIGTERM, SIG_IGN);
  if (mode == "stops_at_int") {
    std::signal(SIGTERM, SIG_IGN);
    std::signal(SIGINT, [](int) { _exit(0); });
  }
  if (mode == "shell_status") std::signal(SIGTERM, [](int) { _exit(143); });
  if (mode == "fails_at_the_end") std::signal(SIGTERM, [](int) { _exit(4); });
  if (mode == "leaves_a_child") {
    std::signal(SIGTERM, SIG_IGN);  // before the fork: it may be stopped soon
    if (fork() == 0) std::exit(static_cast<int>(sleep(kLong)));
    std::signal(SIGTERM, SIG_DFL);
  }
  if (mode == "leaves_a_session") {
    int ready[2];
    char byte = 0;
    (void)!pipe(ready);
    if (fork() == 0) {
      setsid();
      (void)!write(ready[1], &byte, 1);
      std::exit(static_cast<int>(sleep(kLong)));
    }
    (void)!read(ready[0], &byte, 1);  // only now it is out of the group
  }
}

std::string with_length(const std::string& body) {
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}

std::string environment_reply() {
  const char* const body = std::getenv("FAKE_BODY");
  char folder[4096] = "";
  return with_length(std::string(body == nullptr ? "" : body) + " in " +
                     (getcwd(folder, sizeof folder) == nullptr ? "" : folder));
}

void answer(int listener, const std::string& mode) {
  if (mode == "wrong_status") {
    serve(listener, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
  } else if (mode == "wrong_body") {
    serve(listener, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nHi");
  } else if (mode == "no_http") {
    serve(listener, "220 mail ready\r\n");
  } else if (mode == "hangs_up") {
    serve(listener, "");
  } else if (mode == "never_answers") {
    sleep(kLong);
  } else if (mode == "warms_up") {
    serve(listener, kWarmingUp, 3);
  } else if (mode == "keeps_open") {
    serve_open(listener, with_length("Hello, World!"));
  } else if (mode == "chunked") {
    serve_open(listener,
               "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
               "7\r\nHello, \r\n6\r\nWorld!\r\n0\r\n\r\n");
  } else if (mode == "env") {
    serve_open(listener, environment_reply());
  } else if (mode == "dies_under_load") {
    serve(listener, kGood, 50);
    std::fprintf(stderr, "fake_server: out of luck\n");
    std::abort();
  } else if (mode == "falls_silent") {
    serve(listener, kGood, 10);
    sleep(kLong);
  } else if (mode == "leaks_fds") {
    serve(listener, kGood, kForever, leak_fd);
  } else if (mode == "leaves_zombies") {
    serve(listener, kGood, kForever, leak_zombie);
  } else if (mode == "leaks_threads") {
    serve(listener, kGood, kForever, leak_thread);
  }
  serve(listener, kGood);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string mode = argc > 1 ? argv[1] : "";
  const int given = argc > 2 ? std::atoi(argv[2]) : 0;  // 0 for a flag
  std::signal(SIGPIPE, SIG_IGN);
  if (const int status = before_listening(mode); status >= 0) return status;
  prepare_for_the_end(mode);
  wait_for_gate();
  const int port = mode == "elsewhere" ? 0 : given;
  const int listener =
      listen_on(static_cast<std::uint16_t>(port), mode == "shares_its_port");
  if (given == 0) print_readiness_line(listener);
  answer(listener, mode);
  return 0;
}
