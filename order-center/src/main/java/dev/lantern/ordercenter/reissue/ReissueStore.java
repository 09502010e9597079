package dev.lantern.ordercenter.reissue;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reissues as operators see and steer them.
public interface ReissueStore {
  /// Keeps a reissue with its rows, and says so in the audit log. One of the same name stays as it
  /// is: what it pays is the same.
  ///
  /// @return false when it was there before
  boolean create(Reissue reissue, List<Payment> payments);

  Optional<Reissue> find(String id);

  Map<String, Progress> progress(Collection<String> ids);

  /// Those created before that place, newest first.
  List<Reissue> list(Place before, int limit);

  /// Rows after `afterRow`, of that state or of any.
  List<Payment.Result> rows(String id, Optional<Payment.State> state, int afterRow, int limit);

  /// Moves a reissue from one of these states, and says so in the audit log.
  ///
  /// @return whether it was in one of them, and the step is not forbidden to its creator
  boolean move(Step step, Instant now);

  /// Which of these orders are booked.
  Set<String> booked(Collection<Payment> payments);

  /// What each of these budgets has free.
  Map<String, Long> free(Collection<String> budgetIds);

  /// A change of state.
  ///
  /// @param byAnother only whoever did not create it may
  record Step(
      String id,
      Set<Reissue.State> from,
      Reissue.State to,
      boolean byAnother,
      String actor,
      String requestId,
      String reason) {}

  /// Where a list goes on.
  record Place(Instant createdAt, String id) {
    static final Place NEWEST = new Place(Instant.parse("9999-01-01T00:00:00Z"), "");
  }
}
