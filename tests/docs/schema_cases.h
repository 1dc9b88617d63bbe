// Records as they are written now, and what may be wrong with one.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace sockmark {

struct SchemaCase {
  std::string schema;  // "trial"
  std::string what;    // for whoever reads of its failure
  nlohmann::json instance;
};

// One for each way to be wrong: each field missing, each of another type, an
// unknown one in each object. Objects whose keys are anybody's to choose are
// left alone.
std::vector<SchemaCase> mutants_of(const SchemaCase& valid);

}  // namespace sockmark
