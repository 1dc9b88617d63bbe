#include "tests/fuzz/options_check.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "lib/duration.h"
#include "lib/exit_status.h"
#include "loadgen/options.h"
#include "tests/fuzz/require.h"

namespace sockmark {
namespace {

using std::chrono::nanoseconds;

// Takes what is printed while it lives. Not by descriptor: what a sanitizer has
// to say is not lost.
class Capture {
 public:
  Capture()
      : stderr_(stderr),
        memory_(open_memstream(&text_, &size_)),
        cout_(std::cout.rdbuf(out_.rdbuf())) {
    stderr = memory_;
  }
  Capture(const Capture&) = delete;
  Capture& operator=(const Capture&) = delete;
  ~Capture() {
    stderr = stderr_;
    std::cout.rdbuf(cout_);
    std::fclose(memory_);
    std::free(text_);
  }

  std::string err() const {
    std::fflush(memory_);
    return {text_, size_};
  }

 private:
  char* text_ = nullptr;
  std::size_t size_ = 0;
  FILE* const stderr_;
  FILE* const memory_;
  std::ostringstream out_;
  std::streambuf* const cout_;
};

// As a shell gives them: no word has a zero in it.
std::vector<std::string> words_of(std::string_view input) {
  std::vector<std::string> words;
  std::istringstream lines{std::string(input)};
  for (std::string line; std::getline(lines, line);) {
    line.resize(std::min(line.find('\0'), line.size()));
    words.push_back(line);
  }
  return words;
}

struct Parsed {
  std::optional<int> status;
  LoadSpec spec;
  std::string err;
};

Parsed parse(std::vector<std::string> words) {
  words.insert(words.begin(), "loadgen");
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  Parsed parsed;
  const Capture capture;
  parsed.status =
      parse_options(static_cast<int>(words.size()), argv.data(), parsed.spec);
  parsed.err = capture.err();
  return parsed;
}

bool can_be_put_on(const LoadSpec& spec) {
  return !spec.target.host.empty() && spec.target.port != 0 &&
         spec.connections > 0 && spec.threads > 0 &&
         spec.threads <= spec.connections && spec.duration.count() > 0 &&
         spec.timeout.count() > 0 && spec.warmup.count() >= 0 &&
         (!spec.expect_status ||
          (*spec.expect_status >= 100 && *spec.expect_status <= 599));
}

void check_command_line(const std::vector<std::string>& words,
                        std::string_view input) {
  const Parsed parsed = parse(words);
  const auto expect = [&](bool holds, std::string_view what) {
    require(holds, what, "as a command line", input);
  };
  if (!parsed.status) {
    expect(can_be_put_on(parsed.spec), "accepts what cannot be put on");
  } else if (*parsed.status == kExitOk) {
    expect(parsed.err.empty(), "complains of a wish for help");
  } else {
    expect(*parsed.status == kExitUsage, "fails otherwise than for its usage");
    expect(parsed.err.starts_with("loadgen: "), "does not say who complains");
    expect(parsed.err.find('\n') == parsed.err.size() - 1,
           "complains in more than a line");
  }
}

// "1.50 ms" has a space that is not to be typed, and three digits.
bool reads_the_same(nanoseconds duration) {
  std::string text = format_duration(duration);
  std::erase(text, ' ');
  const nanoseconds again = parse_duration(text);
  return std::chrono::abs(again - duration) <= duration / 100;
}

void check_duration(const std::string& word) {
  std::optional<nanoseconds> duration;
  try {
    duration = parse_duration(word);
  } catch (const std::invalid_argument&) {
    return;
  }
  require(duration->count() >= 0, "is negative", "as a duration", word);
  require(reads_the_same(*duration), "is another when it was printed",
          "as a duration", word);
}

}  // namespace

void check_options(std::string_view input) {
  const std::vector<std::string> words = words_of(input);
  check_command_line(words, input);
  for (const std::string& word : words) check_duration(word);
}

}  // namespace sockmark
