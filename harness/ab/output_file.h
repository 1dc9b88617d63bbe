// A file that the user has asked for.
#pragma once

#include <string>

namespace sockmark {

// Makes sure that it can be written, before the minutes that its content takes;
// what is in it stays. Does nothing for no name. Throws std::runtime_error.
void require_writable(const std::string& file);

// All of it or nothing, as write_file(). Does nothing for no name. Throws
// std::runtime_error.
void write_output(const std::string& file, const std::string& content);

}  // namespace sockmark
