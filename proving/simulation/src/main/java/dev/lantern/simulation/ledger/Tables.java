package dev.lantern.simulation.ledger;

import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.ordercenter.budget.LeaseState;
import dev.lantern.ordercenter.operator.Answer;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.queue.LogTable;
import dev.lantern.ordercenter.reconcile.Marks;
import dev.lantern.ordercenter.settle.ConflictKey;
import dev.lantern.ordercenter.settle.DailyCap;
import dev.lantern.ordercenter.settle.OffsetRow;
import dev.lantern.ordercenter.settle.Posting;
import dev.lantern.ordercenter.settle.Verdict;
import dev.lantern.simulation.kernel.LifeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The ledger's tables. Whoever holds the baton reads and writes them; every method of the stores
/// over them is one transaction, done at one instant, all or nothing.
public final class Tables {
  static final Duration GAP_OVER = Duration.ofSeconds(6);

  final Map<String, Budget> budgets = new TreeMap<>();
  final TreeMap<Long, Lease> leases = new TreeMap<>();
  final TreeMap<String, OrderEntry> orders = new TreeMap<>();
  final Map<ConflictKey, Verdict.Conflict> conflicts = new LinkedHashMap<>();
  final TreeMap<String, Posting> postings = new TreeMap<>();
  final TreeMap<Posting.Account, Long> balances = new TreeMap<>();
  final TreeMap<String, Account> accounts = new TreeMap<>();
  final TreeMap<String, Offset> offsets = new TreeMap<>();
  final TreeMap<String, Long> workers = new TreeMap<>();
  final List<LogName> logs = new ArrayList<>();
  final List<LogTable.Planned> planned = new ArrayList<>();
  final TreeMap<String, InboxEntry> inbox = new TreeMap<>();
  final Map<String, Epoch> epochs = new HashMap<>();
  @Nullable Instant claimGap;
  int gaps;
  final Set<String> poison = new HashSet<>();
  final TreeMap<String, Release> releases = new TreeMap<>();
  final Map<String, Answer> requests = new HashMap<>();
  final TreeMap<String, GrantEntry> grants = new TreeMap<>();
  final TreeMap<DailyCap.Day, Long> days = new TreeMap<>();
  final TreeMap<String, ReissueEntry> reissues = new TreeMap<>();
  final TreeMap<String, SimFindings.Kept> findings = new TreeMap<>();
  Marks.Seat seat = new Marks.Seat("", 0, 0);

  public void addBudget(String budgetId, long total) {
    budgets.put(budgetId, new Budget(total));
  }

  /// The ledger refuses to book this number; it can be parked.
  public void poison(String orderNo) {
    poison.add(orderNo);
  }

  /// What poisoned it is mended.
  public void mend(String orderNo) {
    poison.remove(orderNo);
  }

  /// What came back to a budget after its booking.
  public long released(String budgetId) {
    return releases.values().stream()
        .filter(release -> release.budgetId().equals(budgetId))
        .mapToLong(Release::amount)
        .sum();
  }

  public Map<String, Budget> budgets() {
    return budgets;
  }

  public Collection<Lease> leases() {
    return leases.values();
  }

  public @Nullable Lease lease(long id) {
    return leases.get(id);
  }

  public Collection<OrderEntry> orders() {
    return orders.values();
  }

  public @Nullable OrderEntry order(String orderNo) {
    return orders.get(orderNo);
  }

  /// What reconciliation has found, and finds still.
  public Set<String> findings() {
    return findings.keySet();
  }

  public Collection<ReissueEntry> reissues() {
    return reissues.values();
  }

  public Collection<GrantEntry> grants() {
    return grants.values();
  }

  /// The newest grant of an order.
  public @Nullable GrantEntry lastGrant(String orderNo) {
    return grants.values().stream()
        .filter(grant -> grant.orderNo().equals(orderNo))
        .max(Comparator.comparingInt(grant -> grant.row.step()))
        .orElse(null);
  }

  public @Nullable GrantEntry grant(String id) {
    return grants.get(id);
  }

  /// Whether a unit has come back under this name.
  public boolean isReleased(String name) {
    return releases.containsKey(name);
  }

  public Map<ConflictKey, Verdict.Conflict> conflicts() {
    return conflicts;
  }

  public Collection<Posting> postings() {
    return postings.values();
  }

  public Map<Posting.Account, Long> balances() {
    return balances;
  }

  public Collection<Account> accounts() {
    return accounts.values();
  }

  public List<LogName> logs() {
    return logs;
  }

  /// How far a partition is booked.
  public long nextOffset(String topicId, int partition) {
    Offset row = offsets.get(place(topicId, partition));
    return row == null ? 0 : row.nextOffset;
  }

  /// A lease closed as if so much had been booked on it.
  public void closeAsIf(long id, long booked) {
    Lease lease = Objects.requireNonNull(leases.get(id));
    lease.parts.getFirst().booked = booked;
    lease.state = LeaseState.CLOSED;
    Objects.requireNonNull(budgets.get(lease.budgetId)).free += lease.slice - booked;
  }

  /// A lease fenced in a partition, whatever is booked.
  public void fenceAsIf(long id, int partition) {
    Objects.requireNonNull(leases.get(id)).parts.get(partition).fenced = true;
  }

  /// Whether one has said so since then.
  public boolean gapMarkedSince(long nanos) {
    Instant marked = claimGap;
    return marked != null && !marked.isBefore(LifeClock.BEGIN.plusNanos(nanos));
  }

  /// How often an instance has said that it accepts without claims.
  public int gaps() {
    return gaps;
  }

  /// How many rows wait in the inbox.
  public int waiting() {
    return inbox.size();
  }

  /// Rows of the inbox gone as if they had been passed.
  public void dropInbox(String orderNo) {
    inbox.remove(orderNo);
  }

  static String place(String topicId, int partition) {
    return topicId + "/" + partition;
  }

  /// A row of `budgets`.
  public static final class Budget {
    long total;
    long free;
    boolean frozen;
    long pendingCut;

    Budget(long total) {
      this.total = total;
      this.free = total;
    }

    public long total() {
      return total;
    }

    public long free() {
      return free;
    }

    /// What a cut still waits for.
    public long pendingCut() {
      return pendingCut;
    }

    /// Nothing is granted, and nothing is to be spent (L8).
    boolean grantsNothing() {
      return frozen || pendingCut > 0;
    }
  }

  /// A row of `releases`.
  record Release(String budgetId, long amount) {}

  /// A row of `platform_accounts`.
  public static final class Account {
    final String name;
    final int partition;
    final String parent;
    long fen;
    long entries;
    long seq;

    Account(String name, int partition, String parent) {
      this.name = name;
      this.partition = partition;
      this.parent = parent;
    }

    public String parent() {
      return parent;
    }

    public long fen() {
      return fen;
    }

    public long entries() {
      return entries;
    }
  }

  /// A row of `inbox`.
  ///
  /// @param arrived its place among all rows that ever were
  record InboxEntry(long arrived, AcceptedOrder order, int partition) {}

  /// A row of `queue_offsets`.
  static final class Offset {
    final LogName log;
    final int partition;
    long nextOffset;
    String owner = OffsetRow.NOBODY;
    long epoch;
    long seq;

    Offset(LogName log, int partition) {
      this.log = log;
      this.partition = partition;
    }

    OffsetRow read() {
      return new OffsetRow(log.lane(), log.topicId(), partition, nextOffset, owner, epoch, seq);
    }
  }

  /// A row of `redis_epochs` with its ends.
  static final class Epoch {
    final Map<String, Long> ends = new TreeMap<>();
    final Set<String> topics = new HashSet<>();
    boolean settled;
    @Nullable Instant endsReadAt;

    /// As the wallet's reader asks.
    boolean isSettledSince(@Nullable Instant claimGap) {
      return settled
          && (claimGap == null
              || (endsReadAt != null && !endsReadAt.isBefore(claimGap.plus(GAP_OVER))));
    }
  }
}
