#include "harness/machine/cpu_topology.h"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "lib/http.h"

namespace sockmark {
namespace {

using Cpus = std::vector<int>;

constexpr int kMostCpus = 1 << 20;
const std::string kFolder = "/sys/devices/system/cpu/";

Fact<Cpus> to_cpus(const Fact<std::string>& text) {
  if (!text.value) return Fact<Cpus>::unknown(text.why_not);
  if (auto cpus = parse_cpu_list(*text.value)) {
    return Fact<Cpus>::known(std::move(*cpus));
  }
  return Fact<Cpus>::unknown("no list of CPUs: " + *text.value);
}

std::string folder_of(int cpu) { return kFolder + "cpu" + std::to_string(cpu); }

// By the name that kernels before 5.3 have for it, too.
Fact<std::vector<Cpus>> read_cores(const SystemFiles& files, const Cpus& cpus) {
  std::set<Cpus> cores;
  for (const int cpu : cpus) {
    const std::string folder = folder_of(cpu) + "/topology/";
    Fact<Cpus> core = to_cpus(files.line(folder + "core_cpus_list"));
    if (!core.value) {
      core = to_cpus(files.line(folder + "thread_siblings_list"));
    }
    if (!core.value) return Fact<std::vector<Cpus>>::unknown(core.why_not);
    cores.insert(*core.value);
  }
  return Fact<std::vector<Cpus>>::known({cores.begin(), cores.end()});
}

Fact<int> count_sockets(const SystemFiles& files, const Cpus& cpus) {
  std::set<std::int64_t> sockets;
  for (const int cpu : cpus) {
    const auto id =
        files.number(folder_of(cpu) + "/topology/physical_package_id");
    if (!id.value) return Fact<int>::unknown(id.why_not);
    sockets.insert(*id.value);
  }
  return Fact<int>::known(static_cast<int>(sockets.size()));
}

// "48K", "32M": the units that the kernel has.
Fact<std::int64_t> parse_size(const Fact<std::string>& text) {
  if (!text.value) return Fact<std::int64_t>::unknown(text.why_not);
  std::string digits = *text.value;
  std::int64_t unit = 1;
  if (digits.ends_with('K')) unit = 1024;
  if (digits.ends_with('M')) unit = 1024 * 1024;
  if (unit > 1) digits.pop_back();
  const auto size = parse_integer(digits);
  if (!size) return Fact<std::int64_t>::unknown("no size: " + *text.value);
  return Fact<std::int64_t>::known(*size * unit);
}

Fact<std::vector<CpuCache>> read_caches(const SystemFiles& files,
                                        const Cpus& cpus) {
  std::map<std::tuple<std::int64_t, std::string, Cpus>, CpuCache> caches;
  for (const int cpu : cpus) {
    const std::string folder = folder_of(cpu) + "/cache/";
    for (const std::string& name : files.names_in(folder)) {
      if (!name.starts_with("index")) continue;
      const std::string cache = folder + name + "/";
      const auto level = files.number(cache + "level");
      const auto type = files.line(cache + "type");
      const auto shared = to_cpus(files.line(cache + "shared_cpu_list"));
      if (!level.value || !type.value || !shared.value) continue;
      caches[{*level.value, *type.value, *shared.value}] = {
          .level = *level.value,
          .type = *type.value,
          .size_bytes = parse_size(files.line(cache + "size")),
          .cpus = *shared.value};
    }
  }
  std::vector<CpuCache> all;
  for (const auto& [key, cache] : caches) all.push_back(cache);
  return all.empty() ? Fact<std::vector<CpuCache>>::unknown(
                           "no caches in " + kFolder + "cpu*/cache")
                     : Fact<std::vector<CpuCache>>::known(std::move(all));
}

Fact<Cpus> read_allowed(const SystemFiles& files) {
  const auto status = files.text("/proc/self/status");
  if (!status.value) return Fact<Cpus>::unknown(status.why_not);
  const auto list = value_of(*status.value, "Cpus_allowed_list", ':');
  return list
             ? to_cpus(Fact<std::string>::known(*list))
             : Fact<Cpus>::unknown("no Cpus_allowed_list in /proc/self/status");
}

Fact<int> count_nodes(const SystemFiles& files) {
  const auto is_node = [](const std::string& name) {
    return name.starts_with("node") && parse_integer(name.substr(4));
  };
  const auto names = files.names_in("/sys/devices/system/node");
  const auto count = std::count_if(names.begin(), names.end(), is_node);
  return count == 0 ? Fact<int>::unknown("no /sys/devices/system/node/node0")
                    : Fact<int>::known(static_cast<int>(count));
}

int most_threads(const std::vector<Cpus>& cores) {
  std::size_t most = 0;
  for (const Cpus& core : cores) most = std::max(most, core.size());
  return static_cast<int>(most);
}

}  // namespace

std::optional<Cpus> parse_cpu_list(std::string_view text) {
  Cpus cpus;
  if (trim(text).empty() || trim(text) == "(null)") return cpus;
  std::istringstream parts{std::string(trim(text))};
  for (std::string part; std::getline(parts, part, ',');) {
    const auto dash = part.find('-');
    const auto first = parse_integer(part.substr(0, dash));
    const auto last = dash == std::string::npos
                          ? first
                          : parse_integer(part.substr(dash + 1));
    if (!first || !last || *first < 0 || *last < *first || *last > kMostCpus) {
      return std::nullopt;
    }
    for (auto cpu = *first; cpu <= *last; ++cpu) {
      cpus.push_back(static_cast<int>(cpu));
    }
  }
  return cpus;
}

CpuTopology read_cpu_topology(const SystemFiles& files) {
  CpuTopology topology;
  topology.online = to_cpus(files.line(kFolder + "online"));
  const Cpus online = topology.online.value.value_or(Cpus{});
  topology.allowed = read_allowed(files);
  topology.sockets = topology.online.value
                         ? count_sockets(files, online)
                         : Fact<int>::unknown(topology.online.why_not);
  topology.cores =
      topology.online.value
          ? read_cores(files, online)
          : Fact<std::vector<Cpus>>::unknown(topology.online.why_not);
  topology.threads_per_core = changed(topology.cores, most_threads);
  topology.numa_nodes = count_nodes(files);
  topology.caches = read_caches(files, online);
  topology.isolated = to_cpus(files.line(kFolder + "isolated"));
  topology.nohz_full = to_cpus(files.line(kFolder + "nohz_full"));
  return topology;
}

Fact<bool> share_a_core(const CpuTopology& topology, const Cpus& some,
                        const Cpus& others) {
  const auto has_one_of = [](const Cpus& core, const Cpus& cpus) {
    return std::any_of(cpus.begin(), cpus.end(), [&core](int cpu) {
      return std::find(core.begin(), core.end(), cpu) != core.end();
    });
  };
  return changed(topology.cores, [&](const std::vector<Cpus>& cores) {
    return std::any_of(cores.begin(), cores.end(), [&](const Cpus& core) {
      return has_one_of(core, some) && has_one_of(core, others);
    });
  });
}

}  // namespace sockmark
