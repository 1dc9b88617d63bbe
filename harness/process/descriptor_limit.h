// How many descriptors the servers and load tools of a run may have.
#pragma once

namespace sockmark {

// Raises this process's limit, which its children inherit, as far as it may and
// to 65,536 at most: shells start with 1024, less than the presets' idle
// connections need, and some programs visit every descriptor up to the limit.
void raise_descriptor_limit();

}  // namespace sockmark
