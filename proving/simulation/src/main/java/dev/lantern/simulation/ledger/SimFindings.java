package dev.lantern.simulation.ledger;

import dev.lantern.ordercenter.reconcile.Discrepancy;
import dev.lantern.ordercenter.reconcile.Filter;
import dev.lantern.ordercenter.reconcile.Finding;
import dev.lantern.ordercenter.reconcile.FindingStore;
import dev.lantern.ordercenter.reconcile.Found;
import dev.lantern.ordercenter.reconcile.Leadership;
import dev.lantern.ordercenter.reconcile.LeadershipLost;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// [FindingStore] over [Tables], as the passes write it.
public final class SimFindings implements FindingStore {
  private final Tables tables;
  private final Consumer<Found> opened;

  /// @param opened told of each that is opened
  public SimFindings(Tables tables, Consumer<Found> opened) {
    this.tables = tables;
    this.opened = opened;
  }

  /// A finding that is open.
  record Kept(Found found, Instant seenAt) {}

  @Override
  public Recorded record(Leadership mine, List<Found> found, Instant now) {
    requireLead(mine);
    int fresh = 0;
    for (Found one : found) {
      if (tables.findings.put(one.what() + " " + one.subject(), new Kept(one, now)) == null) {
        fresh++;
        opened.accept(one);
      }
    }
    return new Recorded(found.size(), fresh);
  }

  @Override
  public void clearUnseen(
      Leadership mine, Set<Discrepancy> classes, String scope, Instant seenSince, Instant now) {
    requireLead(mine);
    tables
        .findings
        .values()
        .removeIf(one ->
            classes.contains(one.found().what())
                && one.found().scope().equals(scope)
                && one.seenAt().isBefore(seenSince));
  }

  private void requireLead(Leadership mine) {
    if (!SimMarks.isLedBy(tables, mine)) {
      throw new LeadershipLost();
    }
  }

  @Override
  public List<Finding> open(Set<Discrepancy> classes, long after, int limit) {
    throw unasked();
  }

  @Override
  public void clear(Leadership mine, Collection<Long> ids, String note, Instant now) {
    throw unasked();
  }

  @Override
  public List<Finding> list(Filter filter, long before, int limit) {
    throw unasked();
  }

  @Override
  public Optional<Finding> find(long id) {
    throw unasked();
  }

  @Override
  public List<Finding> changedSince(Instant instant, long afterId, int limit) {
    throw unasked();
  }

  @Override
  public Optional<Finding> resolve(
      long id, String actor, String requestId, String reason, Instant now) {
    throw unasked();
  }

  @Override
  public Map<Discrepancy, Open> openByClass() {
    throw unasked();
  }

  private static IllegalStateException unasked() {
    return new IllegalStateException("nobody reads findings here");
  }
}
