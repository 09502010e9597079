package dev.lantern.ordercenter.grant;

import dev.lantern.ordercenter.settle.BookingStore.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The ledger's side of grants. Each call is at most one transaction, bounded by the database's
/// limits; every change is conditional on the row as it was read, and on its order still waiting
/// for it.
///
/// [Result.Done]: committed; [Result.NotMine]: the row or its order has changed; [Result.Fenced]:
/// the lease given may count nothing more; [Result.Unknown]: it may have been committed. The other
/// results are defects, unless told otherwise.
public interface GrantStore {
  /// What is due of one downstream, oldest first.
  List<DueGrant> due(String downstream, Instant now, int limit);

  /// Takes a grant for one try: nobody else finds it due before `until`, so that a worker that dies
  /// leaves it to be asked again. Empty when somebody else was faster.
  Optional<DueGrant> claim(DueGrant grant, Instant until);

  /// The user has it: grant and order are done.
  Result succeed(DueGrant grant, String reference, Instant now);

  /// Whether an operator has discarded the order that the grant is for.
  boolean isDiscarded(GrantId id);

  /// Nothing definite: asked again from `at` on.
  Result putOff(DueGrant grant, Instant at, boolean unknown, String detail);

  /// Left alone until `at`, though it was not asked for.
  void delay(DueGrant grant, Instant at);

  /// Keeps in mind that it was refused; compensated from `at` on.
  Result refused(DueGrant grant, Instant now, Instant at, String detail);

  /// The refusal's effects, all or nothing and at most once: the order becomes what is given
  /// instead, and the unit is released (L3).
  ///
  /// @return [Result.Refused] with a reason of [dev.lantern.ordercenter.settle.FundLimits] where
  ///   money given instead would be more than is allowed; nothing was written
  Result compensate(DueGrant grant, Instead instead, Instant now);

  /// Tried often enough: an operator must look.
  Result park(DueGrant grant, String detail, Instant now);

  /// Grants that have been due for longer than `age`, by downstream.
  List<Overdue> overdue(Instant now, Duration age);

  /// How many of one downstream wait too long.
  ///
  /// @param oldest when the oldest was made
  record Overdue(String downstream, long count, Instant oldest) {}
}
