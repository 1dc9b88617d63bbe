#include "harness/ab/sides_record.h"

#include <nlohmann/json.hpp>

#include "harness/text/or_null.h"

namespace sockmark {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const SideServers& servers) {
  const Side& side = servers.side;
  return {{"name", side.name},
          {"kind", to_string(side.kind)},
          {"path", side.path.string()},
          {"commit", or_null(side.commit)},
          {"dirty", or_null(side.dirty)},
          {"build", or_null(servers.build)},
          {"models", or_null(servers.models.string())},
          {"manifest", or_null(servers.manifest.string())}};
}

}  // namespace

std::string with_sides(const std::string& description, const SideServers& base,
                       const SideServers& head) {
  Json json = Json::parse(description);
  json["sides"] = {{"base", to_json(base)}, {"head", to_json(head)}};
  return json.dump(1);
}

}  // namespace sockmark
