// A socket to connect with.
#pragma once

#include "lib/fd.h"
#include "loadgen/sources.h"
#include "loadgen/target.h"

namespace sockmark {

// Of this type beside SOCK_STREAM (SOCK_NONBLOCK or 0), bound to the next
// source address if those are spread. Empty, with errno set, when there is none
// to be had.
Fd open_client_socket(const Address& address, int type, Sources& sources,
                      bool no_delay);

}  // namespace sockmark
