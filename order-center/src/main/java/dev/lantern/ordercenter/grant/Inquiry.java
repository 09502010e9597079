package dev.lantern.ordercenter.grant;

import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Moment;
import java.time.Duration;
import java.util.Optional;

/// Asks one downstream what became of grants, for reconciliation: through the same gate as those
/// who ask for things, so that its rate holds for both together.
public final class Inquiry {
  private static final int PART = 10;

  private final String name;
  private final Downstream downstream;
  private final Outbound outbound;
  private final int perSecond;
  private final GrantWatch watch;
  private final Clock clock;

  /// Asks one downstream.
  ///
  /// @param perSecond what its configuration allows in all
  public Inquiry(
      String name,
      Downstream downstream,
      Outbound outbound,
      int perSecond,
      GrantWatch watch,
      Clock clock) {
    this.name = name;
    this.downstream = downstream;
    this.outbound = outbound;
    this.perSecond = perSecond;
    this.watch = watch;
    this.clock = clock;
  }

  public String name() {
    return name;
  }

  /// How many may be asked for in a second: a tenth of what the downstream takes, at least one, so
  /// that comparing never keeps users from their things.
  public int share() {
    return Math.max(1, perSecond / PART);
  }

  /// What the downstream says; empty when the gate is closed and nothing was asked. Never throws.
  public Optional<Answer> ask(GrantId id) {
    return switch (outbound.permitAside()) {
      case Outbound.Permit.Stop _, Outbound.Permit.NotThis _ -> Optional.empty();
      case Outbound.Permit.Go() -> Optional.of(called(id));
    };
  }

  private Answer called(GrantId id) {
    Moment begun = clock.now();
    Answer answer = new Answer.Unknown("a defect");
    try {
      answer = downstream.ask(id);
      return answer;
    } finally {
      Duration took = clock.now().since(begun);
      outbound.ended(answer, took);
      watch.answered(name, answer, took);
    }
  }
}
