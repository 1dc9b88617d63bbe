#include "harness/compare/baseline_file.h"

#include <fmt/format.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "harness/compare/not_comparable.h"
#include "harness/record/record.h"
#include "harness/text/located_json.h"
#include "harness/text/or_null.h"
#include "harness/text/text_file.h"

namespace sockmark {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const BaselineFigure& figure);
Json to_json(const BaselineCell& cell);

template <typename T>
Json list_of(const std::vector<T>& items) {
  Json list = Json::array();
  for (const T& item : items) list.push_back(to_json(item));
  return list;
}

Json to_json(const BaselineFigure& figure) {
  return {{"metric", figure.metric},
          {"median", figure.median},
          {"n", figure.n},
          {"variation", or_null(figure.variation)},
          {"reference_median", or_null(figure.reference_median)}};
}

Json to_json(const BaselineCell& cell) {
  return {{"cell", cell.name},
          {"server", cell.server},
          {"workload", cell.workload},
          {"workload_hash", cell.workload_hash},
          {"tool", cell.tool},
          {"tool_version", or_null(cell.tool_version)},
          {"figures", list_of(cell.figures)}};
}

Json to_json(const Fingerprint& fingerprint) {
  Json json = Json::object();
  for (const Trait& trait : fingerprint.traits) {
    json[trait.name] = or_null(trait.value);
  }
  return json;
}

Json to_json(const BaselineEntry& entry) {
  return {{"run", entry.run},
          {"date", entry.date},
          {"commit", entry.commit},
          {"fingerprint", to_json(entry.fingerprint)},
          {"reference",
           {{"server", entry.reference},
            {"sha256", or_null(entry.reference_sha256)}}},
          {"cells", list_of(entry.cells)}};
}

std::optional<std::string> text_in(const LocatedJson& json, const char* key) {
  const auto found = json.find(key);
  return found ? std::optional(found->text()) : std::nullopt;
}

// What a median of ratios can be made of.
double positive(const LocatedJson& json) {
  return json.number(std::numeric_limits<double>::min(),
                     std::numeric_limits<double>::max());
}

BaselineFigure figure_in(const LocatedJson& json) {
  BaselineFigure figure;
  figure.metric = json.at("metric").text();
  figure.median = positive(json.at("median"));
  figure.n = static_cast<std::size_t>(json.at("n").integer(1, 1'000'000));
  if (const auto variation = json.find("variation")) {
    figure.variation = variation->number(0, std::numeric_limits<double>::max());
  }
  if (const auto reference = json.find("reference_median")) {
    figure.reference_median = positive(*reference);
  }
  return figure;
}

BaselineCell cell_in(const LocatedJson& json) {
  BaselineCell cell = {.name = json.at("cell").text(),
                       .server = json.at("server").text(),
                       .workload = json.at("workload").text(),
                       .workload_hash = json.at("workload_hash").text(),
                       .tool = json.at("tool").text(),
                       .tool_version = text_in(json, "tool_version"),
                       .figures = {}};
  for (const LocatedJson& figure : json.at("figures").items()) {
    cell.figures.push_back(figure_in(figure));
  }
  return cell;
}

Fingerprint fingerprint_in(const LocatedJson& json) {
  Fingerprint fingerprint = empty_fingerprint();
  for (Trait& trait : fingerprint.traits) {
    trait.value = text_in(json, trait.name.c_str());
  }
  return fingerprint;
}

BaselineEntry entry_in(const LocatedJson& json) {
  const LocatedJson reference = json.at("reference");
  BaselineEntry entry = {.run = json.at("run").text(),
                         .date = json.at("date").text(),
                         .commit = json.at("commit").text(),
                         .fingerprint = fingerprint_in(json.at("fingerprint")),
                         .reference = reference.at("server").text(),
                         .reference_sha256 = text_in(reference, "sha256"),
                         .cells = {}};
  for (const LocatedJson& cell : json.at("cells").items()) {
    entry.cells.push_back(cell_in(cell));
  }
  return entry;
}

}  // namespace

std::string to_json(const Baseline& baseline) {
  std::string text = fmt::format("{{\n\"schema_version\": {},\n\"entries\": [",
                                 kSchemaVersion);
  const char* separator = "\n";
  for (const BaselineEntry& entry : baseline.entries) {
    text += separator + to_json(entry).dump();
    separator = ",\n";
  }
  return text + "\n]\n}\n";
}

Baseline parse_baseline(const std::string& text, const std::string& origin) {
  const LocatedJson json = LocatedJson::parse(text, origin);
  const auto version = json.at("schema_version").integer(1, 1'000'000);
  if (version > kSchemaVersion) {
    throw NotComparable(
        fmt::format("{}: schema version {} is newer than this program's {}: "
                    "update sockmark",
                    origin, version, kSchemaVersion));
  }
  Baseline baseline;
  for (const LocatedJson& entry : json.at("entries").items()) {
    baseline.entries.push_back(entry_in(entry));
  }
  return baseline;
}

Baseline read_baseline(const std::filesystem::path& file) {
  return parse_baseline(read_text(file), file.string());
}

}  // namespace sockmark
