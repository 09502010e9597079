package dev.lantern.controlplane.ratelimit.serve;

import java.util.concurrent.atomic.LongAdder;

/// What became of the calls under one rule, counted.
///
/// @param near those of the allowed after which less than a fifth of the burst was left
/// @param wouldRefuse let through by a rule in shadow, that it would have refused
/// @param unknown not decided in time
record Tally(
    LongAdder allowed,
    LongAdder near,
    LongAdder refused,
    LongAdder wouldRefuse,
    LongAdder unknown,
    LongAdder givenBack) {
  static Tally empty() {
    return new Tally(
        new LongAdder(),
        new LongAdder(),
        new LongAdder(),
        new LongAdder(),
        new LongAdder(),
        new LongAdder());
  }
}
