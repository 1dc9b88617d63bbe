// The servers that can be measured, from a list such as servers/MODELS.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace sockmark {

// Of models that are wrong on purpose: never ranked among the others.
inline constexpr std::string_view kFlawedFamily = "flawed";

struct Model {
  std::string name;
  std::vector<std::string> command;  // binary and arguments
  std::string family;
  std::string unit;    // of concurrency: process, thread, loop
  std::string source;  // where the idea comes from
  std::string summary;
};

// Six fields between bars to a line; '#' starts a comment line. Throws
// std::runtime_error that names `origin` and the line.
std::vector<Model> parse_models(std::string_view text,
                                const std::string& origin);

// The same from a file. A binary is looked for beside the file first, and left
// to PATH otherwise.
std::vector<Model> read_models(const std::filesystem::path& file);

// The models of these names, in this order; all but the flawed ones for no
// names. Throws
// std::invalid_argument that lists what there is.
std::vector<Model> select_models(const std::vector<Model>& models,
                                 const std::vector<std::string>& names);

}  // namespace sockmark
