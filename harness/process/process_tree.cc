#include "harness/process/process_tree.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <map>
#include <queue>
#include <string>
#include <string_view>
#include <utility>

#include "harness/process/proc_file.h"

namespace sockmark {
namespace {

// The fields from the third on, as proc(5) numbers them. The second, the name,
// may hold anything, blanks and brackets too.
std::vector<std::string_view> fields_of(std::string_view text) {
  constexpr std::size_t kMore = 60;
  const auto end_of_name = text.rfind(')');
  if (end_of_name == std::string_view::npos) return {};
  std::vector<std::string_view> fields;
  fields.reserve(kMore);
  text.remove_prefix(end_of_name + 1);
  for (;;) {
    const auto start = text.find_first_not_of(" \n");
    if (start == std::string_view::npos) return fields;
    text.remove_prefix(start);
    const auto end = std::min(text.find_first_of(" \n"), text.size());
    fields.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
}

std::string name_in(const std::string& text) {
  const auto start = text.find('(') + 1;
  return text.substr(start, text.rfind(')') - start);
}

std::int64_t number(std::string_view text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::vector<pid_t> all_pids() {
  std::vector<pid_t> pids;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string name = entry.path().filename().string();
    pid_t pid = 0;
    const char* const end = name.data() + name.size();
    if (std::from_chars(name.data(), end, pid).ptr == end) pids.push_back(pid);
  }
  return pids;
}

}  // namespace

std::optional<Process> read_process(pid_t pid) {
  constexpr std::size_t kFirst = 3;  // field that is kept
  static const std::int64_t tick_ns = 1'000'000'000 / sysconf(_SC_CLK_TCK);
  const std::string text =
      read_proc_file("/proc/" + std::to_string(pid) + "/stat").value_or("");
  const auto fields = fields_of(text);
  if (fields.size() < 20) return std::nullopt;
  const auto field = [&](std::size_t n) { return number(fields[n - kFirst]); };
  return Process{.pid = pid,
                 .parent = static_cast<pid_t>(field(4)),
                 .group = static_cast<pid_t>(field(5)),
                 .session = static_cast<pid_t>(field(6)),
                 .name = name_in(text),
                 .state = fields[0][0],
                 .threads = static_cast<int>(field(20)),
                 .user_ns = field(14) * tick_ns,
                 .system_ns = field(15) * tick_ns,
                 .children_user_ns = field(16) * tick_ns,
                 .children_system_ns = field(17) * tick_ns,
                 .children_faults = field(11),
                 .started_ticks = field(22)};
}

std::vector<Process> all_processes() {
  std::vector<Process> processes;
  for (const pid_t pid : all_pids()) {
    if (auto process = read_process(pid)) {
      processes.push_back(std::move(*process));
    }
  }
  return processes;
}

std::vector<Process> descendants_of(pid_t ancestor) {
  return descendants_of(ancestor, all_processes());
}

std::vector<Process> descendants_of(pid_t ancestor,
                                    const std::vector<Process>& all) {
  std::map<pid_t, std::vector<Process>> by_parent;
  for (const Process& process : all) {
    by_parent[process.parent].push_back(process);
  }
  std::vector<Process> found;
  std::queue<pid_t> parents({ancestor});
  for (; !parents.empty(); parents.pop()) {
    for (const Process& child : by_parent[parents.front()]) {
      found.push_back(child);
      parents.push(child.pid);
    }
  }
  return found;
}

}  // namespace sockmark
