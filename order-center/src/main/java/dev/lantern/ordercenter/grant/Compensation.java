package dev.lantern.ordercenter.grant;

import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.order.Outcome;
import dev.lantern.ordercenter.settle.Effects;
import dev.lantern.ordercenter.settle.FundLimits;
import dev.lantern.ordercenter.settle.GrantRow;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How an order's row changes when its grant is refused, and what else is written with it.
///
/// @param orderArgs of `updateOrder`, in its order
record Compensation(String updateOrder, List<@Nullable Object> orderArgs, Effects effects) {
  private static final String BECOMES =
      "update orders set state = ?, booked_at = ?, park_reason = ?, given_type = ?, reward_id = ?,"
          + " title = ?, fallback = true, amount_fen = ?, budget_id = ?, counted_lease_id = ?,"
          + " compensated = true, seq = seq + 1";

  // The promise stands as it was; its unit is gone, so nothing counts it until it goes on.
  private static final String WAITS =
      "update orders set state = ?, park_reason = ?, counted_lease_id = 0, seq = seq + 1";

  static Compensation of(DueGrant grant, Instead instead, Instant now, FundLimits limits) {
    Effects nothing = Effects.of(List.of(), grant.partition(), now);
    return switch (instead) {
      case Instead.Money(Outcome outcome, long lease) ->
          new Compensation(
              BECOMES,
              becomes(OrderState.ORDER_STATE_SUCCESS, now, null, outcome, lease),
              Effects.ofMoney(
                  grant.id().actId(),
                  grant.id().orderNo(),
                  grant.parentActivityId(),
                  grant.childActivityId(),
                  grant.partition(),
                  outcome,
                  lease,
                  limits.dailyCap(
                      grant.parentActivityId(),
                      grant.sceneId(),
                      grant.id().actId(),
                      grant.acceptedAt()),
                  now));
      case Instead.Thing(Outcome outcome, long lease) ->
          new Compensation(
              BECOMES,
              becomes(OrderState.ORDER_STATE_GRANTING, null, null, outcome, lease),
              Effects.ofThing(next(grant, outcome, lease, GrantRow.State.DUE, now)));
      case Instead.Blessing(Outcome outcome) ->
          new Compensation(
              BECOMES, becomes(OrderState.ORDER_STATE_SUCCESS, now, null, outcome, 0), nothing);
      case Instead.Unpaid(Outcome outcome, String why) ->
          new Compensation(
              BECOMES,
              becomes(OrderState.ORDER_STATE_PARKED, null, why, outcome, 0),
              outcome.isThing()
                  ? Effects.ofThing(next(grant, outcome, 0, GrantRow.State.PARKED, now))
                  : nothing);
      case Instead.Undecided(String why) ->
          new Compensation(
              WAITS, Arrays.asList(OrderState.ORDER_STATE_PARKED.getNumber(), why), nothing);
    };
  }

  private static List<@Nullable Object> becomes(
      OrderState state,
      @Nullable Instant bookedAt,
      @Nullable String why,
      Outcome outcome,
      long lease) {
    return Arrays.asList(
        state.getNumber(),
        bookedAt,
        why,
        outcome.given().getNumber(),
        outcome.rewardId(),
        outcome.title(),
        outcome.amount().value(),
        outcome.budgetId(),
        lease);
  }

  private static GrantRow next(
      DueGrant grant, Outcome outcome, long lease, GrantRow.State state, Instant now) {
    return new GrantRow(
        grant.id().actId(),
        grant.id().orderNo(),
        grant.id().step() + 1,
        grant.childActivityId(),
        outcome,
        outcome.delivery().orElseThrow(),
        lease,
        grant.partition(),
        state,
        now);
  }
}
