package dev.lantern.ordercenter.reconcile;

import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.settle.StandingStill;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes the seat when it is free or has stood still for [#TAKEOVER_AFTER] by this process's own
/// clock, and keeps it by moving its row. That two believe to have it at once does no harm: each
/// write checks the epoch. Not safe for threads.
public final class Leader {
  static final Duration TAKEOVER_AFTER = Duration.ofSeconds(10);
  private static final String SEAT = "seat";

  private final Marks marks;
  private final String me;
  private final Clock clock;
  private final StandingStill<String> seen = new StandingStill<>();
  private @Nullable Leadership mine;

  public Leader(Marks marks, String me, Clock clock) {
    this.marks = marks;
    this.me = me;
    this.clock = clock;
  }

  /// The leadership, if it is ours now.
  public Optional<Leadership> claim() {
    if (mine != null && marks.touch(mine)) {
      return Optional.of(mine);
    }
    mine = null;
    Marks.Seat seat = marks.leader();
    Duration still = seen.note(SEAT, seat.seq(), clock.now());
    boolean free = seat.owner().isEmpty() || seat.owner().equals(me);
    if (free || still.compareTo(TAKEOVER_AFTER) >= 0) {
      mine = marks.take(seat, me).orElse(null);
    }
    return Optional.ofNullable(mine);
  }
}
