// Environment -> JSON.
#include <nlohmann/json.hpp>

#include "harness/machine/environment.h"
#include "harness/record/record.h"

namespace sockmark {
namespace {

using Json = nlohmann::ordered_json;

// An object's fields; one that is missing becomes null, with its reason.
class Fields {
 public:
  Fields(std::string path, Json& unavailable)
      : path_(std::move(path)), unavailable_(unavailable) {}

  template <typename T>
  void put(const std::string& name, const Fact<T>& fact) {
    json_[name] = fact.value ? Json(*fact.value) : Json(nullptr);
    if (!fact.value) unavailable_[path_ + name] = fact.why_not;
  }

  void put_json(const std::string& name, Json value) {
    json_[name] = std::move(value);
  }

  const Json& json() const { return json_; }

 private:
  std::string path_;
  Json& unavailable_;
  Json json_ = Json::object();
};

Json to_json(const std::vector<CpuCache>& caches, Json& unavailable) {
  Json all = Json::array();
  for (const CpuCache& cache : caches) {
    Fields fields("topology.caches[].", unavailable);
    fields.put_json("level", cache.level);
    fields.put_json("type", cache.type);
    fields.put("size_bytes", cache.size_bytes);
    fields.put_json("cpus", cache.cpus);
    all.push_back(fields.json());
  }
  return all;
}

Json processor(const Processor& p, Json& unavailable) {
  Fields fields("processor.", unavailable);
  fields.put("vendor", p.vendor);
  fields.put("family", p.family);
  fields.put("model_number", p.model_number);
  fields.put("stepping", p.stepping);
  fields.put("microcode", p.microcode);
  fields.put("hypervisor", p.hypervisor);
  return fields.json();
}

Json topology(const CpuTopology& t, Json& unavailable) {
  Fields fields("topology.", unavailable);
  fields.put("online", t.online);
  fields.put("allowed", t.allowed);
  fields.put("sockets", t.sockets);
  fields.put("cores", t.cores);
  fields.put("threads_per_core", t.threads_per_core);
  fields.put("numa_nodes", t.numa_nodes);
  fields.put("isolated", t.isolated);
  fields.put("nohz_full", t.nohz_full);
  fields.put("caches", changed(t.caches, [&](const auto& caches) {
               return to_json(caches, unavailable);
             }));
  return fields.json();
}

Json frequency(const CpuFrequency& f, Json& unavailable) {
  Fields fields("frequency.", unavailable);
  fields.put("current_hz", f.current_hz);
  fields.put("driver", f.driver);
  fields.put("turbo", f.turbo);
  return fields.json();
}

Json settings(const KernelSettings& s, Json& unavailable) {
  Fields fields("kernel_settings.", unavailable);
  fields.put("version", s.version);
  fields.put("command_line", s.command_line);
  fields.put("preemption", s.preemption);
  fields.put("transparent_hugepages", s.transparent_hugepages);
  fields.put("clock_sources", s.clock_sources);
  fields.put("mitigations", s.mitigations);
  return fields.json();
}

Json all_of(const std::string& path,
            const std::map<std::string, Fact<std::string>>& facts,
            Json& unavailable) {
  Fields fields(path + ".", unavailable);
  for (const auto& [name, fact] : facts) fields.put(name, fact);
  return fields.json();
}

Json load(const MachineLoad& m, Json& unavailable) {
  Fields fields("load.", unavailable);
  fields.put("memory_available_bytes", m.memory_available_bytes);
  fields.put("swap_bytes", m.swap_bytes);
  fields.put("swap_used_bytes", m.swap_used_bytes);
  fields.put("runnable", m.runnable);
  fields.put("uptime_ns", m.uptime_ns);
  return fields.json();
}

Json limits(const Limits& l, Json& unavailable) {
  Fields fields("limits.", unavailable);
  fields.put("descriptors_hard", l.descriptors_hard);
  fields.put("processes", l.processes);
  fields.put("locked_memory_bytes", l.locked_memory_bytes);
  return fields.json();
}

Json cgroup(const CgroupLimits& c, Json& unavailable) {
  Fields fields("cgroup.", unavailable);
  fields.put("version", c.version);
  fields.put("path", c.path);
  fields.put("cpus", c.cpus);
  fields.put("memory_bytes", c.memory_bytes);
  return fields.json();
}

Json virtualisation(const Virtualisation& v, Json& unavailable) {
  Fields fields("virtualisation.", unavailable);
  fields.put("hypervisor", v.hypervisor);
  fields.put("container", v.container);
  fields.put("vendor", v.vendor);
  fields.put("product", v.product);
  return fields.json();
}

std::size_t count(const std::vector<int>& cpus) { return cpus.size(); }

// The names that environment.json had before it grew groups.
void put_flat(const Environment& e, Fields& fields) {
  fields.put("cpu_model", e.processor.model);
  fields.put("cpus", changed(e.topology.online, count));
  fields.put_json("cpus_of_server", e.cpus.server);
  fields.put_json("cpus_of_load", e.cpus.load);
  fields.put("memory_bytes", e.load.memory_bytes);
  fields.put_json("kernel", e.kernel);
  fields.put_json("architecture", e.architecture);
  fields.put("os", e.os);
  fields.put("governor", e.frequency.governor);
  fields.put("clock_source", e.settings.clock_source);
  fields.put("load_average", e.load.load_average);
  fields.put("descriptors_limit", e.limits.descriptors);
  const auto& set = e.settings.sysctls;
  fields.put("somaxconn", set.at("net.core.somaxconn"));
  fields.put("port_range", set.at("net.ipv4.ip_local_port_range"));
  fields.put("tcp_tw_reuse", set.at("net.ipv4.tcp_tw_reuse"));
  fields.put("git_commit", e.build.git_commit);
  fields.put("git_dirty", e.build.git_dirty);
  fields.put_json("sockmark_version", e.build.version);
  fields.put_json("compiler", e.build.compiler);
  fields.put_json("build_type", e.build.type);
}

}  // namespace

std::string to_json(const Environment& e) {
  Json unavailable = Json::object();
  Fields fields("", unavailable);
  fields.put_json("schema_version", kSchemaVersion);
  fields.put_json("date", e.date);
  put_flat(e, fields);
  fields.put_json("compiler_flags", e.build.flags);
  fields.put("libc", e.build.libc);
  fields.put("server_and_load_share_a_core", server_and_load_share_a_core(e));
  fields.put("preset", e.preset);
  fields.put_json("argv", e.argv);
  fields.put_json("processor", processor(e.processor, unavailable));
  fields.put_json("topology", topology(e.topology, unavailable));
  fields.put_json("frequency", frequency(e.frequency, unavailable));
  fields.put_json("kernel_settings", settings(e.settings, unavailable));
  fields.put_json("sysctls",
                  all_of("sysctls", e.settings.sysctls, unavailable));
  fields.put_json("load", load(e.load, unavailable));
  fields.put_json("limits", limits(e.limits, unavailable));
  fields.put_json("cgroup", cgroup(e.cgroup, unavailable));
  fields.put_json("virtualisation",
                  virtualisation(e.virtualisation, unavailable));
  fields.put_json("binaries_sha256",
                  all_of("binaries_sha256", e.build.binaries, unavailable));
  fields.put_json("tools", all_of("tools", e.tools, unavailable));
  fields.put_json("unavailable", unavailable);
  // Firmware and kernel command lines need not be UTF-8.
  return fields.json().dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace sockmark
