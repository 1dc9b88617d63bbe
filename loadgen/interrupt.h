// SIGINT and SIGTERM end a run early; what it has counted is reported.
#pragma once

namespace sockmark {

// From now on these signals are only noted. Throws std::system_error.
void note_interrupts();

// The last one noted; 0: none.
int interrupted_by();

}  // namespace sockmark
