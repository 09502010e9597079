package dev.lantern.sdk.counter;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a writer's former lives have left in its journal, until both Redis have it.
///
/// What one Redis alone has taken stays: that one may be lost before repair has copied it (C2), and
/// no living writer tells it again. It is told now and then, not each time: while a Redis is away
/// there may be many.
final class FormerLives {
  /// How many Redis keep counters.
  private static final int BOTH = 2;

  private final @Nullable Journal journal;
  private final Set<Journal.Left> left = new LinkedHashSet<>();
  private final Set<Journal.Left> heldOnce = new HashSet<>();

  FormerLives(Optional<? extends Journal> journal) {
    this.journal = journal.orElse(null);
    journal.ifPresent(it -> left.addAll(leftIn(it)));
  }

  private static List<Journal.Left> leftIn(Journal journal) {
    try {
      return journal.left();
    } catch (RuntimeException unreadable) {
      // Or nobody in this process could try again.
      journal.close();
      throw unreadable;
    }
  }

  /// An epoch after all of theirs, and no less than this.
  long nextEpoch(long least) {
    return left.stream().mapToLong(old -> old.epoch() + 1).reduce(least, Math::max);
  }

  /// What is to be told now.
  ///
  /// @param again what one Redis has, too
  List<Journal.Left> due(boolean again) {
    List<Journal.Left> due = new ArrayList<>(left);
    if (!again) {
      due.removeAll(heldOnce);
    }
    return due;
  }

  /// So many Redis have taken these.
  void taken(List<Journal.Left> some, int replicas) {
    if (replicas < BOTH) {
      heldOnce.addAll(some);
      return;
    }
    for (Journal.Left safe : some) {
      if (journal != null) {
        journal.forget(safe);
      }
      left.remove(safe);
      heldOnce.remove(safe);
    }
  }
}
