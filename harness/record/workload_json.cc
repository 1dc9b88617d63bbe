#include "harness/record/workload_json.h"

#include "harness/text/or_null.h"
#include "harness/text/text_hash.h"

namespace sockmark {
namespace {

using Json = nlohmann::ordered_json;

Json conditions(const Workload& w) {
  return {{"name", w.name},
          {"tool", w.tool},
          {"connections", w.connections},
          {"keep_alive", w.keep_alive},
          {"rate_per_second", or_null(w.rate_per_second)},
          {"body_bytes", w.body_bytes},
          {"work", w.work},
          {"idle_connections", w.idle_connections},
          {"warmup_ns", w.warmup_ns},
          {"duration_ns", w.duration_ns}};
}

}  // namespace

std::string hash_of(const Workload& workload) {
  return hash_of_text(conditions(workload).dump());
}

Json to_json(const Workload& workload) {
  Json json = conditions(workload);
  json["hash"] = hash_of_text(json.dump());
  return json;
}

}  // namespace sockmark
