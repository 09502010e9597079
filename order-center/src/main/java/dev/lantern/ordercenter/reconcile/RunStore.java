package dev.lantern.ordercenter.reconcile;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Runs that operators asked for.
public interface RunStore {
  /// Notes a run, and in the audit log who asked; the same request id gets the first one.
  ReconcileRun create(Wish wish, Instant now);

  Optional<ReconcileRun> find(long id);

  /// Those that are not done, the oldest first.
  List<ReconcileRun> unended(int limit);

  /// A run has come further; `done` ends it.
  void progress(
      Leadership mine,
      ReconcileRun run,
      Instant position,
      long examined,
      FindingStore.Recorded recorded,
      Optional<Instant> done);

  /// What an operator asks for.
  record Wish(
      String requestId, String author, String reason, Instant from, Instant to, long manifestId) {}
}
