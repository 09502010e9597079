package dev.lantern.simulation.ledger;

import dev.lantern.ordercenter.budget.LeaseState;
import java.util.ArrayList;
import java.util.List;

/// A row of `budget_leases` with its rows of `lease_booked`.
public final class Lease {
  final long id;
  final String budgetId;
  final String holder;
  final String log;
  final long leaseTimeMs;
  final List<Part> parts = new ArrayList<>();
  long slice;
  long seq;
  LeaseState state = LeaseState.OPEN;
  boolean windowEnded;

  Lease(long id, String budgetId, String holder, long slice, String log, long leaseTimeMs) {
    this.id = id;
    this.budgetId = budgetId;
    this.holder = holder;
    this.slice = slice;
    this.log = log;
    this.leaseTimeMs = leaseTimeMs;
  }

  public long id() {
    return id;
  }

  public String budgetId() {
    return budgetId;
  }

  public long slice() {
    return slice;
  }

  public LeaseState state() {
    return state;
  }

  public long booked() {
    return parts.stream().mapToLong(part -> part.booked).sum();
  }

  public boolean isFenced(int partition) {
    return partition >= parts.size() || parts.get(partition).fenced;
  }

  /// An operator has ended its presentation window (L7).
  public boolean isWindowEnded() {
    return windowEnded;
  }

  boolean isUnclosed() {
    return state != LeaseState.CLOSED;
  }

  boolean isAllFenced() {
    return parts.stream().allMatch(part -> part.fenced);
  }

  /// A row of `lease_booked`.
  static final class Part {
    static final long NONE = -1;
    long booked;
    long parked;
    long queueEnd = NONE;
    boolean fenced;
  }
}
