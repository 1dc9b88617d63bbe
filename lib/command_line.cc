#include "lib/command_line.h"

#include <cstdio>
#include <sstream>

#include "lib/duration.h"
#include "lib/exit_status.h"

namespace sockmark {
namespace {

// CLI11 puts each line where options are explained, but breaks none.
std::string wrapped(const std::string& text) {
  constexpr std::size_t kWidth = 80 - 30;  // CLI11's second column
  std::istringstream words(text);
  std::string lines;
  std::size_t length = 0;
  for (std::string word; words >> word; length += word.size()) {
    if (length > 0 && length + 1 + word.size() > kWidth) {
      lines += '\n';
      length = 0;
    } else if (length > 0) {
      lines += ' ';
      ++length;
    }
    lines += word;
  }
  return lines;
}

void wrap_help(CLI::App& app) {
  for (CLI::Option* option : app.get_options()) {
    option->description(wrapped(option->get_description()));
  }
  for (CLI::App* verb : app.get_subcommands({})) wrap_help(*verb);
}

}  // namespace

std::optional<int> parse_command_line(CLI::App& app, int argc,
                                      const char* const* argv) {
  wrap_help(app);
  try {
    app.parse(argc, argv);
    return std::nullopt;
  } catch (const CLI::Success& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& mistake) {
    // CLI11 misses a verb before it looks at what stands in its place.
    const auto unknown = app.remaining();
    const std::string what =
        dynamic_cast<const CLI::RequiredError*>(&mistake) && !unknown.empty()
            ? "there is no '" + unknown.front() + "'"
            : mistake.what();
    std::fprintf(stderr, "%s: %s (see --help)\n", app.get_name().c_str(),
                 what.c_str());
    return kExitUsage;
  }
}

CLI::Option* add_duration(CLI::App& app, const std::string& flags,
                          std::chrono::nanoseconds& target,
                          const std::string& help) {
  const auto parse = [&target, flags](const std::string& text) {
    try {
      target = parse_duration(text);
    } catch (const std::invalid_argument& bad) {
      throw CLI::ValidationError(flags, bad.what());
    }
  };
  return app.add_option_function<std::string>(flags, parse, help)
      ->type_name("DURATION");
}

CLI::Option* add_switch(CLI::App& app, const std::string& flags, bool& target,
                        const std::string& help) {
  const auto parse = [&target, flags](const std::string& text) {
    if (text != "on" && text != "off") {
      throw CLI::ValidationError(flags, "'" + text + "' is neither on nor off");
    }
    target = text == "on";
  };
  return app.add_option_function<std::string>(flags, parse, help)
      ->type_name("on|off");
}

}  // namespace sockmark
