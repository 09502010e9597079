package dev.lantern.ordercenter.budget;

import dev.lantern.ordercenter.order.Fen;
import dev.lantern.stores.sql.OutcomeUnknownException;
import dev.lantern.stores.sql.StoreUnavailableException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// [LeaseStore] in memory, by the same rules as the ledger; can be down, and can lose its replies.
public final class MemoryLeaseStore implements LeaseStore {
  private final Map<String, long[]> budgets = new HashMap<>();
  private final Map<LeaseId, Row> leases = new HashMap<>();
  private boolean down;
  private boolean mute;

  public synchronized void budget(String budgetId, long total) {
    budgets.put(budgetId, new long[] {total, total});
  }

  /// Whether calls fail without effect.
  public synchronized void down(boolean now) {
    down = now;
  }

  /// Whether grants and retirements happen, but their replies are lost.
  public synchronized void mute(boolean now) {
    mute = now;
  }

  public synchronized long free(String budgetId) {
    return budget(budgetId)[1];
  }

  public synchronized Set<LeaseId> inState(LeaseState state) {
    Set<LeaseId> found = new HashSet<>();
    leases.forEach((id, row) -> {
      if (row.state == state) {
        found.add(id);
      }
    });
    return found;
  }

  public synchronized long slice(LeaseId lease) {
    return row(lease).slice;
  }

  /// As an operator's CloseLeases does.
  public synchronized void markClosing(LeaseId lease) {
    row(lease).state = LeaseState.CLOSING;
  }

  /// As settlement's closing does, once all is fenced.
  public synchronized void close(LeaseId lease, long booked) {
    Row row = row(lease);
    row.state = LeaseState.CLOSED;
    budget(row.budgetId)[1] += row.slice - booked;
  }

  @Override
  public synchronized Granting grant(GrantRequest request) {
    requireUp();
    if (!budgets.containsKey(request.budgetId())) {
      return new Granting.NoBudget();
    }
    long[] budget = budget(request.budgetId());
    Fen slice = request.sliceOf(Fen.of(budget[1]));
    if (slice.isZero()) {
      return new Granting.TooLittle(standing(request.budgetId()));
    }
    budget[1] -= slice.value();
    leases.put(request.leaseId(), new Row(request.budgetId(), request.holder(), slice.value()));
    speak();
    return new Granting.Granted(slice, standing(request.budgetId()));
  }

  @Override
  public synchronized Set<LeaseId> heartbeat(String holder, Collection<LeaseId> asked) {
    requireUp();
    Set<LeaseId> alive = new HashSet<>();
    for (LeaseId lease : asked) {
      Row row = leases.get(lease);
      if (row != null && row.state == LeaseState.OPEN && row.holder.equals(holder)) {
        alive.add(lease);
      }
    }
    return alive;
  }

  @Override
  public synchronized void retire(LeaseId lease, Fen rest) {
    requireUp();
    Row row = leases.get(lease);
    if (row != null && row.state == LeaseState.OPEN) {
      row.state = LeaseState.CLOSING;
      row.slice -= rest.value();
      budget(row.budgetId)[1] += rest.value();
    }
    speak();
  }

  @Override
  public synchronized boolean allClosed(Collection<Long> asked) {
    requireUp();
    return asked.stream()
        .map(LeaseId::new)
        .allMatch(id -> !leases.containsKey(id) || row(id).state == LeaseState.CLOSED);
  }

  @Override
  public synchronized Map<String, Standing> standings(Collection<String> budgetIds) {
    requireUp();
    Map<String, Standing> standings = new HashMap<>();
    budgetIds.stream().filter(budgets::containsKey).forEach(id -> standings.put(id, standing(id)));
    return standings;
  }

  private Standing standing(String budgetId) {
    long[] budget = budget(budgetId);
    int unclosed =
        (int)
            leases.values().stream()
                .filter(row -> row.budgetId.equals(budgetId) && row.state != LeaseState.CLOSED)
                .count();
    return new Standing(Fen.of(budget[0]), Fen.of(budget[1]), unclosed);
  }

  private long[] budget(String budgetId) {
    long[] budget = budgets.get(budgetId);
    if (budget == null) {
      throw new AssertionError("no budget " + budgetId);
    }
    return budget;
  }

  private Row row(LeaseId lease) {
    Row row = leases.get(lease);
    if (row == null) {
      throw new AssertionError("no lease " + lease);
    }
    return row;
  }

  private void requireUp() {
    if (down) {
      throw new StoreUnavailableException("cut by the test", null);
    }
  }

  private void speak() {
    if (mute) {
      throw new OutcomeUnknownException("muted by the test", new IllegalStateException());
    }
  }

  private static final class Row {
    private final String budgetId;
    private final String holder;
    private long slice;
    private LeaseState state = LeaseState.OPEN;

    private Row(String budgetId, String holder, long slice) {
      this.budgetId = budgetId;
      this.holder = holder;
      this.slice = slice;
    }
  }
}
