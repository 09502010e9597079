package dev.lantern.controlplane.levels;

import dev.lantern.controlplane.audit.Signed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A level that somebody asked for, and what became of it.
///
/// @param lasting how long it holds from when it is entered; of level 0 nothing
/// @param meaning what the level did when it was asked for, as a digest
/// @param glass entered without the second person
/// @param decision of the second person
/// @param turn the number of the turn that entered it
public record LevelChange(
    long id,
    int rank,
    Duration lasting,
    String meaning,
    Signed asked,
    Instant at,
    State state,
    boolean glass,
    Optional<Decision> decision,
    Review review,
    Optional<Decision> reviewed,
    Optional<Long> turn) {

  /// It leaves WAITING once, and no other state ever.
  public enum State {
    WAITING,
    APPLIED,
    REFUSED,
    LAPSED
  }

  /// What broken glass owes.
  public enum Review {
    NONE,
    DUE,
    DONE
  }

  /// Whoever decided, and when.
  public record Decision(Signed by, Instant at) {}

  String name() {
    return "L" + rank;
  }
}
