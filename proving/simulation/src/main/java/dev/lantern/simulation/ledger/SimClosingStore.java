package dev.lantern.simulation.ledger;

import dev.lantern.ordercenter.budget.LeaseState;
import dev.lantern.ordercenter.closing.LeaseClosingStore;
import dev.lantern.ordercenter.closing.UnclosedLease;
import dev.lantern.ordercenter.settle.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// [LeaseClosingStore] over [Tables].
public class SimClosingStore implements LeaseClosingStore {
  private static final int CHANGED = -1;

  private final Tables tables;

  public SimClosingStore(Tables tables) {
    this.tables = tables;
  }

  @Override
  public List<UnclosedLease> unclosed(int limit) {
    return tables.leases.values().stream()
        .filter(l -> l.state == LeaseState.OPEN || l.state == LeaseState.CLOSING)
        .limit(limit)
        .map(SimClosingStore::read)
        .toList();
  }

  @Override
  public List<UnclosedLease> windowEnded(int limit) {
    return tables.leases.values().stream()
        .filter(SimClosingStore::isWindowEnded)
        .limit(limit)
        .map(SimClosingStore::read)
        .toList();
  }

  @Override
  public void fenceWithoutEnd(long id) {
    Lease lease = Objects.requireNonNull(tables.leases.get(id));
    if (isWindowEnded(lease)) {
      lease.parts.forEach(part -> part.fenced = true);
    }
  }

  private static boolean isWindowEnded(Lease lease) {
    return lease.state == LeaseState.FROZEN && lease.windowEnded;
  }

  @Override
  public boolean markClosing(UnclosedLease seen) {
    Lease lease = tables.leases.get(seen.leaseId());
    if (lease == null || lease.state != LeaseState.OPEN || lease.seq != seen.seq()) {
      return false;
    }
    lease.state = LeaseState.CLOSING;
    lease.seq++;
    return true;
  }

  @Override
  public void storeEnds(Collection<Long> leases, long[] ends) {
    for (Long id : leases) {
      List<Lease.Part> parts = Objects.requireNonNull(tables.leases.get(id)).parts;
      for (int partition = 0; partition < Math.min(ends.length, parts.size()); partition++) {
        Lease.Part part = parts.get(partition);
        if (part.queueEnd == Lease.Part.NONE && !part.fenced) {
          part.queueEnd = ends[partition];
        }
      }
    }
  }

  @Override
  public void fenceDirect(long id) {
    Objects.requireNonNull(tables.leases.get(id)).parts.forEach(part -> part.fenced = true);
  }

  @Override
  public long close(UnclosedLease seen) {
    Lease lease = tables.leases.get(seen.leaseId());
    if (lease == null || !lease.isAllFenced()) {
      return CHANGED;
    }
    if (lease.state != LeaseState.CLOSING && !isWindowEnded(lease)) {
      return CHANGED;
    }
    long rest = lease.slice - lease.booked();
    if (rest < 0) {
      throw new IllegalStateException("lease " + lease.id + " booked beyond its slice");
    }
    lease.state = LeaseState.CLOSED;
    lease.seq++;
    Objects.requireNonNull(tables.budgets.get(lease.budgetId)).free += rest;
    return rest;
  }

  @Override
  public long freeze(String log) {
    long frozen = 0;
    for (Lease lease : tables.leases.values()) {
      boolean going = lease.state == LeaseState.OPEN || lease.state == LeaseState.CLOSING;
      if (going && lease.log.equals(log)) {
        lease.state = LeaseState.FROZEN;
        lease.seq++;
        frozen++;
      }
    }
    return frozen;
  }

  @Override
  public Map<Claim, List<Long>> passed(Collection<Claim> claims) {
    Map<Claim, List<Long>> passed = new LinkedHashMap<>();
    for (Claim claim : claims) {
      List<Long> leases =
          tables.leases.values().stream()
              .filter(lease -> lease.state == LeaseState.CLOSING)
              .filter(lease -> lease.log.equals(claim.id().log().leaseLog()))
              .filter(lease -> isPassed(lease, claim))
              .map(lease -> lease.id)
              .toList();
      if (!leases.isEmpty()) {
        passed.put(claim, new ArrayList<>(leases));
      }
    }
    return passed;
  }

  @Override
  public long fence(Claim claim, Collection<Long> leases) {
    String place = Tables.place(claim.id().log().topicId(), claim.id().partition());
    Tables.Offset row = tables.offsets.get(place);
    if (row == null || row.epoch != claim.epoch()) {
      return CHANGED;
    }
    row.seq++;
    long fenced = 0;
    for (Long id : leases) {
      Lease lease = tables.leases.get(id);
      if (lease != null && isPassed(lease, claim)) {
        lease.parts.get(claim.id().partition()).fenced = true;
        fenced++;
      }
    }
    return fenced;
  }

  private boolean isPassed(Lease lease, Claim claim) {
    int partition = claim.id().partition();
    Lease.Part part = lease.parts.get(partition);
    return !part.fenced
        && !hasRows(lease, partition)
        && part.queueEnd != Lease.Part.NONE
        && tables.nextOffset(claim.id().log().topicId(), partition) >= part.queueEnd;
  }

  boolean hasRows(Lease lease, int partition) {
    return tables.inbox.values().stream()
        .anyMatch(row -> row.order().getLeaseId() == lease.id && row.partition() == partition);
  }

  private static UnclosedLease read(Lease lease) {
    return new UnclosedLease(
        lease.id,
        lease.budgetId,
        lease.slice,
        lease.log,
        Duration.ofMillis(lease.leaseTimeMs),
        lease.state,
        lease.seq,
        lease.parts.size(),
        (int) lease.parts.stream().filter(p -> p.queueEnd == Lease.Part.NONE).count(),
        (int) lease.parts.stream().filter(p -> p.fenced).count(),
        lease.booked());
  }
}
