// One way to stop that fits every model.
#pragma once

namespace sockmark {

// From now on SIGINT and SIGTERM shut the listening socket `fd` down too. At
// most 1024 sockets, or std::out_of_range. That is
// async-signal-safe, and it ends accept() in every thread and process that
// shares the socket, so each `while (auto c = listener.accept())` ends by
// itself. Installed without SA_RESTART: a blocking accept() has to return.
void stop_on_signal(int fd);

// Takes that back for `fd`, which is about to be closed.
void do_not_stop(int fd);

// Installs `handler` for `signal`, without SA_RESTART. Throws
// std::system_error.
void handle_signal(int signal, void (*handler)(int));

}  // namespace sockmark
