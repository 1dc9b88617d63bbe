// Thread: a thread for each connection.
//
// Lighter than fork, and all memory is shared. The scheduler carries as many
// threads as there are clients, each with a stack.
#include <atomic>
#include <system_error>
#include <thread>

#include "lib/listener.h"
#include "lib/serve.h"
#include "lib/server_main.h"

using namespace sockmark;

// Outlives run(): the last thread may still be in notify_all() when it ends.
static std::atomic<int> serving = 0;

static void serve_and_sign_off(const Fd& connection, const Service& service) {
  serve(connection, service);
  serving.fetch_sub(1);
  serving.notify_all();
}

static void run(const Options& options) {
  static const Service service(options);
  Listener listener(options, Blocking::yes);
  while (auto connection = listener.accept()) {
    serving.fetch_add(1);
    try {
      std::thread([fd = std::move(*connection)] {
        serve_and_sign_off(fd, service);
      }).detach();
    } catch (const std::system_error&) {  // no thread to be had
      serving.fetch_sub(1);               // turn the client away
    }
  }
  while (const int left = serving.load()) serving.wait(left);
}

int main(int argc, char** argv) { return server_main(argc, argv, run); }
