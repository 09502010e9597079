package dev.lantern.controlplane.levels;

import dev.lantern.controlplane.policy.Automatic;
import dev.lantern.controlplane.policy.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// When a level is entered and left by itself: a pure function of how busy the services are.
///
/// A level is entered when they have been at least `enter` per cent busy for `enter_after` on end,
/// and left when they have been under `leave` for `leave_after` on end and `at_least` has passed
/// since it was entered; `leave` lies below `enter`. One step at a time. Four guards against
/// flapping, each for a case that the others let through: the band between leave and enter (load
/// that trembles about one value), the times on end (a spike, a gap), the stay (shedding works, so
/// load falls *because* the level holds: leaving at once would bring it back), and the longer stay
/// of what was left too early (demand that lasts): a level that is entered again within twice its
/// `at_least` of being left stays twice as long as before, [#MOST_STAY] times `at_least` at most.
/// Its bound is what the last stay may outlast the demand by. A restart forgets it.
///
/// A load that nobody knows is not a low one: times on end start again, and the level stays. It is
/// for the turn's own expiry to end a level that nobody measures any more.
public final class Hysteresis {
  static final int MOST_STAY = 16;

  /// How long a level stays.
  ///
  /// @param time from when it was entered, at least
  /// @param left when it was left; empty: it holds
  public record Stay(Duration time, Optional<Instant> left) {}

  /// Where it stands.
  ///
  /// @param rank the level; 0: none
  /// @param since when it was entered or left last
  /// @param hotSince since when the next level's `enter` has been reached on end
  /// @param calmSince since when this level's `leave` has been undercut on end
  /// @param stays of each level that was entered
  public record State(
      int rank,
      Instant since,
      Optional<Instant> hotSince,
      Optional<Instant> calmSince,
      Map<Integer, Stay> stays) {
    public State {
      stays = Map.copyOf(stays);
    }

    public static State at(int rank, Instant now) {
      return new State(rank, now, Optional.empty(), Optional.empty(), Map.of());
    }

    /// At another level since then; whatever lies above it is left now.
    State moved(int to, Instant since, Instant now) {
      var fresh = new HashMap<>(stays);
      fresh.replaceAll((level, stay) ->
          level > to && stay.left().isEmpty() ? new Stay(stay.time(), Optional.of(now)) : stay);
      return new State(to, since, Optional.empty(), Optional.empty(), fresh);
    }

    private State timed(Optional<Instant> hot, Optional<Instant> calm) {
      return new State(rank, since, hot, calm, stays);
    }

    private State staying(Duration time) {
      var fresh = new HashMap<>(stays);
      fresh.put(rank, new Stay(time, Optional.empty()));
      return new State(rank, since, hotSince, calmSince, fresh);
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
      return state.moved(highest(), now, now);
    }
    if (busyPercent.isEmpty()) {
      return state.timed(Optional.empty(), Optional.empty());
    }
    int busy = busyPercent.getAsInt();
    Optional<Automatic> above = automatic(state.rank() + 1);
    Optional<Automatic> here = automatic(state.rank());
    Optional<Instant> hot =
        above.filter(a -> busy >= a.enterPercent()).map(_ -> state.hotSince().orElse(now));
    Optional<Instant> calm =
        here.filter(a -> busy < a.leavePercent()).map(_ -> state.calmSince().orElse(now));
    if (above.isPresent() && lasted(hot, above.get().enterAfter(), now)) {
      int rank = state.rank() + 1;
      return state.moved(rank, now, now).staying(stay(state, rank, above.get(), now));
    }
    if (here.isPresent()
        && lasted(calm, here.get().leaveAfter(), now)
        && lasted(Optional.of(state.since()), stayed(state, here.get()), now)) {
      return state.moved(state.rank() - 1, now, now);
    }
    return state.timed(hot, calm);
  }

  private static Duration stayed(State state, Automatic here) {
    Stay stay = state.stays().get(state.rank());
    return stay == null ? here.atLeast() : stay.time();
  }

  private Duration stay(State state, int rank, Automatic level, Instant now) {
    Duration least = level.atLeast();
    Duration most = least.multipliedBy(MOST_STAY);
    return Optional.ofNullable(state.stays().get(rank))
        .filter(stay -> leftLately(stay, least, now))
        .map(stay -> stay.time().multipliedBy(2))
        .map(twice -> twice.compareTo(most) < 0 ? twice : most)
        .orElse(least);
  }

  private static boolean leftLately(Stay stay, Duration least, Instant now) {
    return stay.left().filter(left -> !now.isAfter(left.plus(least.multipliedBy(2)))).isPresent();
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
