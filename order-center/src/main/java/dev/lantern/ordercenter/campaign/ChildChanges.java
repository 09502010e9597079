package dev.lantern.ordercenter.campaign;

import dev.lantern.ordercenter.campaign.Scene.Round;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What may change of a child in effect: its window and its audience, where no order can tell.
///
/// A scene without rounds resolves by `open_time`, which is taken within 30 s of the server's
/// clock, and a retry repeats it under the next revision: a border of such a child may move only
/// where both its old and its new place are out of reach of every retry, or the retry would be an
/// order of another stage. And a retry of an order that is booked must get its answer: who was let
/// into a round may not be shut out while it is open.
final class ChildChanges {
  /// open_time's tolerance, and more than the clocks' skew.
  private static final Duration REACH = Duration.ofMinutes(1);

  private final Instant effectiveAt;
  private final String path;
  private final Lines lines;

  private ChildChanges(Instant effectiveAt, String path, Lines lines) {
    this.effectiveAt = effectiveAt;
    this.path = path;
    this.lines = lines;
  }

  static void check(Child old, Child child, Instant effectiveAt, String path, Lines lines) {
    ChildChanges changes = new ChildChanges(effectiveAt, path, lines);
    if (old.scenes().stream().anyMatch(scene -> scene.rounds().isEmpty())) {
      changes.checkBorder(old.opens(), child.opens(), "opens");
      changes.checkBorder(old.closes(), child.closes(), "closes");
    }
    changes.checkAudience(old, child);
  }

  private void checkBorder(Instant before, Instant after, String key) {
    Instant soonest = effectiveAt.plus(REACH);
    if (!before.equals(after) && (before.isBefore(soonest) || after.isBefore(soonest))) {
      lines.problem(
          path + "." + key,
          "cannot move: a scene without rounds tells its child by it, and calls within a minute of "
              + effectiveAt
              + " could get another",
          "put " + before + " back, or move it while both ends lie after " + soonest);
    }
  }

  private void checkAudience(Child old, Child child) {
    if (child.audience().covers(old.audience())) {
      return;
    }
    openAround(old)
        .ifPresent(what ->
            lines.problem(
                path + ".audience",
                "shuts users out of " + what + ", which is open then",
                "only let more in, or close it early first and apply this a minute after"));
  }

  private Optional<String> openAround(Child old) {
    for (Scene scene : old.scenes()) {
      if (scene.rounds().isEmpty() && isOpen(old.opens(), old.closes())) {
        return Optional.of("scene " + scene.id());
      }
      for (Round round : scene.rounds()) {
        if (isOpen(round.opens(), round.closes())) {
          return Optional.of("round " + round.rainId() + " of " + scene.id());
        }
      }
    }
    return Optional.empty();
  }

  private boolean isOpen(Instant opens, Instant closes) {
    return opens.isBefore(effectiveAt.plus(REACH)) && closes.plus(REACH).isAfter(effectiveAt);
  }
}
