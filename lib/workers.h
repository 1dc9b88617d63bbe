// Starting and awaiting the workers of a pool.
#pragma once

#include <functional>
#include <thread>
#include <vector>

namespace sockmark {

// Runs work(0), work(1) ... in `count` child processes. Children are told to
// stop (SIGTERM) when the parent dies, even by SIGKILL: else they would live on
// and keep the port. Returns how many there are: fewer, with a warning, when
// the system gives no more. Throws std::system_error if it gives none.
int start_processes(int count, const std::function<void(int)>& work);

// From now on SIGINT and SIGTERM go to all children, where those have listeners
// of their own. Without it, a shared listener stops them all: see stop.h.
void pass_signals_to_processes();

// Returns when all children have ended.
void await_processes();

// The same in threads, which join when the vector goes.
std::vector<std::jthread> start_threads(int count,
                                        const std::function<void(int)>& work);

}  // namespace sockmark
