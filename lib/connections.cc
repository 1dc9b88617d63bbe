#include "lib/connections.h"

#include <utility>

namespace sockmark {

Connection& Connections::add(Fd connection) {
  const auto index = static_cast<std::size_t>(connection.get());
  if (index >= by_fd_.size()) by_fd_.resize(index + 1);
  by_fd_[index] = std::make_unique<Connection>(std::move(connection), service_);
  ++size_;
  return *by_fd_[index];
}

void Connections::remove(int fd) {
  by_fd_[static_cast<std::size_t>(fd)].reset();
  --size_;
}

}  // namespace sockmark
