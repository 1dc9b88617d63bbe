// Starting and awaiting the workers of a pool.
#pragma once

#include <functional>
#include <thread>
#include <vector>

namespace sockmark {

// Runs `work` in `count` child processes and returns when all have ended.
// Children are told to stop (SIGTERM) when the parent dies, even by SIGKILL:
// else they would live on and keep the port. Throws std::system_error if a
// process cannot be made.
void run_in_processes(int count, const std::function<void()>& work);

// Starts `work` in `count` threads, which join when the vector goes.
std::vector<std::jthread> start_threads(int count,
                                        const std::function<void()>& work);

}  // namespace sockmark
