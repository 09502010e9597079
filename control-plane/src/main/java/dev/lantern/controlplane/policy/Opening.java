package dev.lantern.controlplane.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// How an entry stage opens. Shares are of ten thousand users.
public sealed interface Opening {
  /// By the calendar.
  record Schedule(List<Step> steps) implements Opening {
    public Schedule {
      steps = steps.stream().sorted(Comparator.comparing(Step::at)).toList();
    }

    /// The share that is in at an instant; 0 before the first step.
    public int share(Instant now) {
      return steps.stream()
          .filter(step -> !step.at().isAfter(now))
          .mapToInt(Step::share)
          .max()
          .orElse(0);
    }
  }

  record Step(Instant at, int share) {}

  /// As services can take more.
  ///
  /// @param belowPercent while they are busy less than this
  record BySlack(int step, Duration every, int belowPercent, Optional<Instant> from)
      implements Opening {}

  static Opening of(Values values) {
    return values
        .findMap("slack")
        .<Opening>map(slack ->
            new BySlack(
                slack.integer("step"),
                slack.span("every"),
                slack.integer("below"),
                slack.findMoment("from")))
        .orElseGet(() ->
            new Schedule(
                values.maps("steps").stream()
                    .map(step -> new Step(moment(step), step.integer("share")))
                    .toList()));
  }

  private static Instant moment(Values step) {
    return step.findMoment("at").orElseThrow(() -> new IllegalStateException("no at"));
  }
}
