#include "loadgen/intervals.h"

#include <algorithm>
#include <utility>

namespace sockmark {

void IntervalRow::merge(const IntervalRow& other) {
  start = other.start;
  length = std::max(length, other.length);
  completed += other.completed;
  errors += other.errors;
  latency.merge(other.latency);
}

void Intervals::add(int thread, const IntervalRow& row) {
  const std::lock_guard lock(mutex_);
  const std::size_t position =
      added_[static_cast<std::size_t>(thread)]++ - taken_;
  if (position >= sums_.size()) sums_.resize(position + 1);
  sums_[position].row.merge(row);
  ++sums_[position].threads;
}

std::vector<IntervalRow> Intervals::take() {
  const std::lock_guard lock(mutex_);
  std::vector<IntervalRow> rows;
  for (; !sums_.empty() &&
         sums_.front().threads == static_cast<int>(added_.size());
       ++taken_) {
    rows.push_back(std::move(sums_.front().row));
    sums_.pop_front();
  }
  return rows;
}

std::vector<IntervalRow> Intervals::take_rest() {
  const std::lock_guard lock(mutex_);
  std::vector<IntervalRow> rows;
  for (Sum& sum : sums_) rows.push_back(std::move(sum.row));
  taken_ += sums_.size();
  sums_.clear();
  return rows;
}

}  // namespace sockmark
