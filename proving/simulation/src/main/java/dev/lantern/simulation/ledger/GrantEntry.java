package dev.lantern.simulation.ledger;

import dev.lantern.ordercenter.grant.DueGrant;
import dev.lantern.ordercenter.grant.GrantId;
import dev.lantern.ordercenter.settle.GrantRow;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A row of `grants`.
public final class GrantEntry {
  final GrantRow row;
  GrantRow.State state;
  Instant nextAt;
  long lease;
  int tries;
  boolean unknown;
  @Nullable Instant refusedAt;
  String detail = "";
  long seq;

  GrantEntry(GrantRow row) {
    this.row = row;
    this.state = row.state();
    this.nextAt = row.now();
    this.lease = row.lease();
  }

  /// The grant by which the same thing is asked for again, after a refusal.
  GrantEntry nextStep(long countedLease, Instant now) {
    return new GrantEntry(
        new GrantRow(
            row.actId(),
            row.orderNo(),
            row.step() + 1,
            row.childActivityId(),
            row.outcome(),
            row.delivery(),
            countedLease,
            row.partition(),
            GrantRow.State.DUE,
            now));
  }

  public GrantId id() {
    return new GrantId(row.actId(), row.orderNo(), row.step());
  }

  public String orderNo() {
    return row.orderNo();
  }

  public String budgetId() {
    return row.outcome().budgetId();
  }

  public boolean isRefused() {
    return state == GrantRow.State.REFUSED;
  }

  /// The lease that counts its unit; 0 where none does.
  public long lease() {
    return lease;
  }

  /// What comes back when it is refused.
  public long units() {
    return row.outcome().units().value();
  }

  boolean isAsRead(DueGrant seen) {
    return state == GrantRow.State.DUE && seq == seen.seq();
  }

  DueGrant read(OrderEntry order) {
    return new DueGrant(
        id(),
        row.delivery().downstream(),
        row.outcome().given(),
        row.delivery().templateId(),
        row.outcome().rewardId(),
        order.parentActivityId(),
        row.childActivityId(),
        order.sceneId(),
        order.acceptedAt(),
        budgetId(),
        lease,
        row.partition(),
        units(),
        row.delivery().instead(),
        tries,
        unknown,
        Optional.ofNullable(refusedAt),
        detail,
        seq);
  }
}
