#include "tests/servers/model.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "lib/http.h"

namespace sockmark {

std::vector<std::vector<std::string>> model_lines() {
  std::ifstream file(SERVER_DIR "/MODELS");
  std::vector<std::vector<std::string>> lines;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    std::vector<std::string>& fields = lines.emplace_back();
    std::istringstream rest(line);
    for (std::string field; std::getline(rest, field, '|');) {
      fields.emplace_back(trim(field));
    }
  }
  return lines;
}

std::vector<ListedModel> all_models() {
  std::vector<ListedModel> models;
  for (const auto& fields : model_lines()) {
    if (fields.size() < 4) continue;
    ListedModel model{.name = fields[0],
                      .command = {},
                      .family = fields[2],
                      .unit = fields[3]};
    std::istringstream words(fields[1]);
    for (std::string word; words >> word;) model.command.push_back(word);
    models.push_back(model);
  }
  return models;
}

std::vector<ListedModel> sound_models() {
  std::vector<ListedModel> sound;
  for (const ListedModel& model : all_models()) {
    if (model.family != "flawed") sound.push_back(model);
  }
  return sound;
}

std::vector<ListedModel> flawed_models(const std::string& argument) {
  std::vector<ListedModel> flawed;
  for (const ListedModel& model : all_models()) {
    const auto& words = model.command;
    if (model.family == "flawed" &&
        std::find(words.begin(), words.end(), argument) != words.end()) {
      flawed.push_back(model);
    }
  }
  return flawed;
}

std::vector<ListedModel> models_that(bool (ListedModel::*kind)() const) {
  std::vector<ListedModel> models = sound_models();
  std::erase_if(models,
                [&](const ListedModel& model) { return !(model.*kind)(); });
  return models;
}

}  // namespace sockmark
