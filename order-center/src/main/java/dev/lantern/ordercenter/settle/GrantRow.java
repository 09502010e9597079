package dev.lantern.ordercenter.settle;

import dev.lantern.ordercenter.order.Delivery;
import dev.lantern.ordercenter.order.Outcome;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A row of `grants`, as it is first written: what a downstream is to be asked for. Every order of
/// a thing has one from its first row on, so that whatever sets the order aside does not lose whom
/// to ask.
///
/// @param step 1 for what was promised; one more for each that takes a refused one's place
/// @param lease the lease that counts its unit; 0 where none does
public record GrantRow(
    long actId,
    String orderNo,
    int step,
    String childActivityId,
    Outcome outcome,
    Delivery delivery,
    long lease,
    int partition,
    State state,
    Instant now) {
  /// What [#values] holds, in their order.
  public static final String COLUMNS =
      "act_id, order_no, step, downstream, award_type, template_id, reward_id, activity_id,"
          + " budget_id, lease_id, partition_no, units, instead, state, next_at, created_at";

  /// The order in which rows are locked, everywhere.
  static final Comparator<GrantRow> BY_KEY =
      Comparator.comparingLong(GrantRow::actId)
          .thenComparing(GrantRow::orderNo)
          .thenComparing(GrantRow::step);

  /// How far a grant has come, numbered as the table does.
  public enum State {
    /// The downstream is to be asked at `next_at`.
    DUE(1),
    /// The user has it.
    GRANTED(2),
    /// Refused for good; its unit is released.
    REFUSED(3),
    /// Not asked for: its order waits for something else, or for an operator.
    PARKED(4),
    /// An operator has discarded its order while it was parked.
    DISCARDED(5);

    private final int code;

    State(int code) {
      this.code = code;
    }

    public int code() {
      return code;
    }

    public static State of(int code) {
      for (State state : values()) {
        if (state.code == code) {
          return state;
        }
      }
      throw new IllegalStateException("no grant is in state " + code);
    }
  }

  /// What a promise of a thing asks for; nothing for any other, and for a thing that names nobody.
  static Optional<GrantRow> first(
      Promise promise, long lease, int partition, State state, Instant now) {
    Outcome outcome = promise.outcome();
    return outcome
        .delivery()
        .filter(_ -> outcome.isThing())
        .map(delivery ->
            new GrantRow(
                promise.actId(),
                promise.orderNo().text(),
                1,
                promise.childActivityId(),
                outcome,
                delivery,
                lease,
                partition,
                state,
                now));
  }

  /// One a column, as [#COLUMNS] names them.
  public @Nullable Object[] values() {
    return new @Nullable Object[] {
      actId,
      orderNo,
      step,
      delivery.downstream(),
      outcome.given().getNumber(),
      delivery.templateId(),
      outcome.rewardId(),
      childActivityId,
      outcome.budgetId(),
      lease,
      partition,
      outcome.units().value(),
      delivery.instead().map(instead -> instead.toProto().toByteArray()).orElse(null),
      state.code(),
      now,
      now
    };
  }
}
