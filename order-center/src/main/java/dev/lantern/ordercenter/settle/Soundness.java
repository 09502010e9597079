package dev.lantern.ordercenter.settle;

import dev.lantern.common.v1.Lane;
import dev.lantern.order.v1.AwardType;
import dev.lantern.ordercenter.order.Outcome;
import dev.lantern.ordercenter.queue.Partitions;
import java.util.Optional;

/// Whether a promise can be booked where it was found. What cannot is parked alone (S4), with what
/// is wrong as its reason; the rest of its group goes on.
///
/// The accept path makes none of these; a bug or a foreign writer could.
public final class Soundness {
  private Soundness() {}

  /// What is wrong with a promise, in a few words; nothing when it can be booked.
  ///
  /// @param partitions how many the log has
  public static Optional<String> flaw(Promise promise, Lane lane, int partition, int partitions) {
    Outcome outcome = promise.outcome();
    if (promise.lane() != lane) {
      return Optional.of("LANE: the record belongs to another lane");
    }
    if (Partitions.of(promise.actId(), partitions) != partition) {
      return Optional.of("PARTITION: the user's records belong to another partition");
    }
    if (outcome.given() == AwardType.AWARD_TYPE_MESSAGE) {
      return outcome.needsBudget() || promise.leaseId() != 0
          ? Optional.of("BUDGET: a message needs none")
          : Optional.empty();
    }
    if (outcome.isThing()) {
      return flawOfThing(promise, outcome);
    }
    if (Purse.of(outcome.given()).isEmpty()) {
      return Optional.of("AWARD_TYPE: nothing here books " + outcome.given());
    }
    if (outcome.amount().isZero() || !outcome.needsBudget()) {
      return Optional.of("AMOUNT: money without an amount or a budget");
    }
    return promise.leaseId() == 0 ? Optional.of("LEASE: money without a lease") : Optional.empty();
  }

  private static Optional<String> flawOfThing(Promise promise, Outcome outcome) {
    if (!outcome.amount().isZero()) {
      return Optional.of("AMOUNT: a thing has none");
    }
    if (outcome.delivery().isEmpty()) {
      return Optional.of("DOWNSTREAM: nobody is named who gives it");
    }
    return outcome.needsBudget() == (promise.leaseId() != 0)
        ? Optional.empty()
        : Optional.of("LEASE: a lease without a budget, or a budget without a lease");
  }
}
