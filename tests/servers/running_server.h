// A server of one model, in a process group of its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "harness/process/child.h"
#include "tests/servers/model.h"

namespace sockmark {

// The model's command line with its binary's whole path.
std::vector<std::string> command_line(const ListedModel& model,
                                      const std::vector<std::string>& options);

class RunningServer {
 public:
  // Returns when it has printed its readiness line. Throws std::runtime_error
  // if it does not.
  explicit RunningServer(const std::vector<std::string>& argv);

  std::uint16_t port() const { return port_; }
  Child& process() { return process_; }

  // The processes of its group, and their open descriptors, in one number:
  // what a connection that is not cleaned up would add to.
  std::size_t footprint() const;
  // Once it no longer changes: a pool is still starting when it is ready.
  std::size_t settled_footprint() const;
  // Waits until no more than `before` is left.
  bool shrinks_back_to(std::size_t before) const;
  // Waits until it sleeps more than it runs.
  bool comes_to_rest() const;
  // Waits until none of its processes is left.
  bool ends_by_itself();

  // To every process of the group, as a terminal or the harness does.
  void signal(int number);

 private:
  Child process_;
  std::uint16_t port_ = 0;
};

}  // namespace sockmark
