// What /proc tells of the processes of one group.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <vector>

namespace sockmark {

// All of them, also those that ended and were not waited for.
std::vector<pid_t> processes_of_group(pid_t group);

// A letter as ps(1) has it, such as T for stopped; a space if it has gone.
char state_of(pid_t process);

// Of one process; 0 if it has gone.
std::size_t open_descriptors(pid_t process);

// CPU time that the group's processes have used so far.
std::chrono::nanoseconds cpu_time_of_group(pid_t group);

// Ended with all their threads, and not waited for by their parents.
std::size_t zombies_of_group(pid_t group);

}  // namespace sockmark
