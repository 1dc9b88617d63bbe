// What a failed call on a socket says about its cause.
#pragma once

namespace sockmark {

bool is_without_ports(int error);
bool is_without_descriptors(int error);

// Causes that lie with us and not with the server.
bool is_local(int error);

// How the socket failed since somebody last asked, as an errno, or 0. Throws
// std::system_error.
int pending_error(int fd);

}  // namespace sockmark
