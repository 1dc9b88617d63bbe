// A server that misbehaves as told: `fake_server MODE`. Further arguments, the
// flags of the servers' command line, are ignored.
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

int listen_on_free_port() {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
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

// Answers each connection once and closes it, `limit` times, unless `finish`
// does something else.
void serve(
    int listener, std::string_view reply, int limit,
    void (*finish)(int fd) = [](int fd) { close(fd); }) {
  for (int served = 0; served < limit; ++served) {
    const int fd = accept(listener, nullptr, nullptr);
    char request[4096];
    (void)!read(fd, request, sizeof request);
    (void)!write(fd, reply.data(), reply.size());
    finish(fd);
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

}  // namespace

int main(int argc, char** argv) {
  constexpr int kForever = 1 << 30;
  constexpr unsigned kLong = 600;
  constexpr std::string_view kGood =
      "HTTP/1.1 200 OK\r\nContent-Length: 13\r\nConnection: close\r\n\r\n"
      "Hello, World!";
  const std::string mode = argc > 1 ? argv[1] : "";
  std::signal(SIGPIPE, SIG_IGN);
  if (mode == "unavailable") {
    std::fprintf(stderr, "fake_server: no io_uring in this kernel\n");
    return 69;
  }
  if (mode == "dies_at_start") {
    std::fprintf(stderr, "fake_server: no database\n");
    return 3;
  }
  if (mode == "silent") return sleep(kLong), 0;
  if (mode == "says_something_else") {
    std::printf("Server started!\n");
    std::fflush(stdout);
    return sleep(kLong), 0;
  }
  if (mode == "late") usleep(300'000);
  if (mode == "ignores_term") std::signal(SIGTERM, SIG_IGN);
  if (mode == "leaves_a_child") {
    std::signal(SIGTERM, SIG_IGN);  // before the fork: it may be stopped soon
    if (fork() == 0) return sleep(kLong), 0;
    std::signal(SIGTERM, SIG_DFL);
  }
  const int listener = listen_on_free_port();
  print_readiness_line(listener);
  if (mode == "wrong_status") {
    serve(listener, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
          kForever);
  } else if (mode == "wrong_body") {
    serve(listener, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nHi", kForever);
  } else if (mode == "no_http") {
    serve(listener, "220 mail ready\r\n", kForever);
  } else if (mode == "never_answers") {
    sleep(kLong);
  } else if (mode == "dies_under_load") {
    serve(listener, kGood, 50);
    std::fprintf(stderr, "fake_server: out of luck\n");
    std::abort();
  } else if (mode == "leaks_fds") {
    serve(listener, kGood, kForever, leak_fd);
  } else if (mode == "leaves_zombies") {
    serve(listener, kGood, kForever, leak_zombie);
  } else if (mode == "leaks_threads") {
    serve(listener, kGood, kForever, leak_thread);
  } else {
    serve(listener, kGood, kForever);
  }
  return 0;
}
