#include "loadgen/timers.h"

namespace sockmark {

void Timers::set(std::size_t who, Nanoseconds when) {
  due_[who] = when;
  if (when >= queued_[who]) return;
  queued_[who] = when;
  queue_.push({.when = when, .who = who});
}

std::optional<std::size_t> Timers::take_due(Nanoseconds now) {
  while (next() <= now) {
    const Timer timer = queue_.top();
    queue_.pop();
    const std::size_t who = timer.who;
    if (queued_[who] != timer.when) continue;  // an earlier one was queued
    queued_[who] = kNever;
    const Nanoseconds due = due_[who];
    set(who, due > now ? due : kNever);
    if (due <= now) return who;
  }
  return std::nullopt;
}

}  // namespace sockmark
