// Things in the panels of a chart as arrays for gnuplot, an element for each
// thing. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace sockmark {

// `<name>_panels` says in which panel each is, counted from 0; `<name>_<field>`
// and `<name>_texts` are about it. Because gnuplot has no empty arrays, the
// first element of all is of no panel.
class PanelArrays {
 public:
  PanelArrays(std::string name, std::vector<std::string> fields);

  // As many values as there are fields.
  void add(std::size_t panel, const std::vector<double>& values,
           const std::string& text = "");

  std::string settings() const;

 private:
  std::string name_;
  std::vector<std::string> fields_;
  std::vector<double> panels_ = {-1};
  std::vector<std::vector<double>> columns_;
  std::vector<std::string> texts_ = {""};
};

}  // namespace sockmark
