#include "harness/history/panel_arrays.h"

#include <utility>

#include "harness/charts/chart_settings.h"

namespace sockmark {

PanelArrays::PanelArrays(std::string name, std::vector<std::string> fields)
    : name_(std::move(name)),
      fields_(std::move(fields)),
      columns_(fields_.size(), {0}) {}

void PanelArrays::add(std::size_t panel, const std::vector<double>& values,
                      const std::string& text) {
  panels_.push_back(static_cast<double>(panel));
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    columns_[i].push_back(values.at(i));
  }
  texts_.push_back(text);
}

std::string PanelArrays::settings() const {
  std::string all = numbers_setting(name_ + "_panels", panels_);
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    all += numbers_setting(name_ + "_" + fields_[i], columns_[i]);
  }
  return all + texts_setting(name_ + "_texts", texts_);
}

}  // namespace sockmark
