package dev.lantern.controlplane.levels;

import dev.lantern.controlplane.policy.Automatic;
import dev.lantern.controlplane.policy.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// When a level is entered and left by itself: a pure function of how busy the services are.
///
/// A level is entered when they have been at least `enter` per cent busy for `enter_after` on end,
/// and left when they have been under `leave` for `leave_after` on end and `at_least` has passed
/// since it was entered; `leave` lies below `enter`. One step at a time. Three guards against
/// flapping, each for a case that the others let through: the band between leave and enter (load
/// that trembles about one value), the times on end (a spike, a gap), and the stay (shedding works,
/// so load falls *because* the level holds: leaving at once would bring it back).
///
/// A load that nobody knows is not a low one: times on end start again, and the level stays. It is
/// for the turn's own expiry to end a level that nobody measures any more.
public final class Hysteresis {
  /// Where it stands.
  ///
  /// @param rank the level; 0: none
  /// @param since when it was entered or left last
  /// @param hotSince since when the next level's `enter` has been reached on end
  /// @param calmSince since when this level's `leave` has been undercut on end
  public record State(
      int rank, Instant since, Optional<Instant> hotSince, Optional<Instant> calmSince) {
    public static State at(int rank, Instant now) {
      return new State(rank, now, Optional.empty(), Optional.empty());
    }
  }

  private final List<Rule.Level> levels;

  /// Moves among the automatic ones of these, which begin at rank 1 without a gap.
  public Hysteresis(List<Rule.Level> levels) {
    this.levels = levels.stream().filter(level -> level.automatic().isPresent()).toList();
  }

  /// The next state. `busyPercent` is empty when nobody knows.
  public State next(State state, OptionalInt busyPercent, Instant now) {
    if (state.rank() > highest()) {
      return State.at(highest(), now);
    }
    if (busyPercent.isEmpty()) {
      return new State(state.rank(), state.since(), Optional.empty(), Optional.empty());
    }
    int busy = busyPercent.getAsInt();
    Optional<Automatic> above = automatic(state.rank() + 1);
    Optional<Automatic> here = automatic(state.rank());
    Optional<Instant> hot =
        above.filter(a -> busy >= a.enterPercent()).map(_ -> state.hotSince().orElse(now));
    Optional<Instant> calm =
        here.filter(a -> busy < a.leavePercent()).map(_ -> state.calmSince().orElse(now));
    if (above.isPresent() && lasted(hot, above.get().enterAfter(), now)) {
      return State.at(state.rank() + 1, now);
    }
    if (here.isPresent()
        && lasted(calm, here.get().leaveAfter(), now)
        && lasted(Optional.of(state.since()), here.get().atLeast(), now)) {
      return State.at(state.rank() - 1, now);
    }
    return new State(state.rank(), state.since(), hot, calm);
  }

  private static boolean lasted(Optional<Instant> since, Duration time, Instant now) {
    return since.isPresent() && !now.isBefore(since.get().plus(time));
  }

  private int highest() {
    return levels.stream().mapToInt(Rule.Level::rank).max().orElse(0);
  }

  private Optional<Automatic> automatic(int rank) {
    return levels.stream()
        .filter(level -> level.rank() == rank)
        .findFirst()
        .flatMap(Rule.Level::automatic);
  }
}
