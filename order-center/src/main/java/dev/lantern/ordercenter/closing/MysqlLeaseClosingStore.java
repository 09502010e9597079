package dev.lantern.ordercenter.closing;

import dev.lantern.ordercenter.budget.LeaseState;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.settle.Claim;
import dev.lantern.ordercenter.settle.PartitionId;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.Row;
import dev.lantern.stores.sql.Rows;
import dev.lantern.stores.sql.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// [LeaseClosingStore] on MySQL.
public final class MysqlLeaseClosingStore implements LeaseClosingStore {
  private static final int OPEN = LeaseState.OPEN.code();
  private static final int CLOSING = LeaseState.CLOSING.code();
  private static final int FROZEN = LeaseState.FROZEN.code();
  private static final int CLOSED = LeaseState.CLOSED.code();
  private static final int CHANGED = -1;
  private static final String LEASES =
      "select l.lease_id, l.budget_id, l.slice, l.log, l.lease_time_ms, l.state, l.seq,"
          + " count(b.lease_id) as partitions,"
          + " coalesce(sum(b.lease_id is not null and b.queue_end is null), 0) as without_end,"
          + " coalesce(sum(b.fenced), 0) as fenced, coalesce(sum(b.booked), 0) as booked"
          + " from budget_leases l left join lease_booked b on b.lease_id = l.lease_id"
          + " where %s group by l.lease_id, l.budget_id, l.slice, l.log,"
          + " l.lease_time_ms, l.state, l.seq order by l.lease_id limit %d";

  private final Database database;

  public MysqlLeaseClosingStore(Database database) {
    this.database = database;
  }

  @Override
  public List<UnclosedLease> unclosed(int limit) {
    return database.query(LEASES.formatted("l.state in (?, ?)", limit), OPEN, CLOSING).stream()
        .map(MysqlLeaseClosingStore::read)
        .toList();
  }

  @Override
  public List<UnclosedLease> windowEnded(int limit) {
    return database
        .query(LEASES.formatted("l.state = ? and l.window_ended_at is not null", limit), FROZEN)
        .stream()
        .map(MysqlLeaseClosingStore::read)
        .toList();
  }

  @Override
  public void fenceWithoutEnd(long lease) {
    database.update(
        "update lease_booked set fenced = true, seq = seq + 1 where lease_id = ? and fenced ="
            + " false and exists (select 1 from budget_leases l where l.lease_id = ? and l.state ="
            + " ? and l.window_ended_at is not null)",
        lease,
        lease,
        FROZEN);
  }

  @Override
  public boolean markClosing(UnclosedLease seen) {
    return database.update(
            "update budget_leases set state = ?, closing_at = utc_timestamp(6), seq = seq + 1"
                + " where lease_id = ? and state = ? and seq = ?",
            CLOSING,
            seen.leaseId(),
            OPEN,
            seen.seq())
        == 1;
  }

  @Override
  public void storeEnds(Collection<Long> leases, long[] ends) {
    Object[] args = new Object[2 * ends.length + leases.size()];
    int n = 0;
    for (int partition = 0; partition < ends.length; partition++) {
      args[n++] = partition;
      args[n++] = ends[partition];
    }
    for (Long lease : leases) {
      args[n++] = lease;
    }
    database.update(
        "update lease_booked set queue_end = case partition_no "
            + "when ? then ? ".repeat(ends.length)
            + "end, seq = seq + 1 where lease_id in "
            + Rows.in(leases.size())
            + " and queue_end is null and fenced = false",
        args);
  }

  @Override
  public void fenceDirect(long lease) {
    database.update(
        "update lease_booked set fenced = true, seq = seq + 1 where lease_id = ? and fenced ="
            + " false",
        lease);
  }

  @Override
  public long close(UnclosedLease lease) {
    return database.inTransaction(tx -> {
      long won =
          tx.update(
              "update budget_leases set state = ?, closed_at = utc_timestamp(6), seq = seq + 1"
                  + " where lease_id = ? and (state = ? or state = ? and window_ended_at is not"
                  + " null) and not exists (select 1 from lease_booked b where b.lease_id ="
                  + " budget_leases.lease_id and b.fenced = false)",
              CLOSED,
              lease.leaseId(),
              CLOSING,
              FROZEN);
      return won == 1 ? returnRest(tx, lease) : CHANGED;
    });
  }

  /// The lease's row is ours now and no booking can count on it any more: its sums are final.
  private static long returnRest(Transaction tx, UnclosedLease lease) {
    Row sums =
        tx.query(
                "select l.slice as slice, sum(b.booked) as booked from budget_leases l join"
                    + " lease_booked b on b.lease_id = l.lease_id where l.lease_id = ? group by"
                    + " l.slice",
                lease.leaseId())
            .getFirst();
    long rest = sums.getLong("slice") - sums.getLong("booked");
    if (rest < 0) {
      throw new IllegalStateException("lease " + lease.leaseId() + " booked beyond its slice");
    }
    tx.update(
        "update budgets set free = free + ?, seq = seq + 1 where budget_id = ?",
        rest,
        lease.budgetId());
    return rest;
  }

  @Override
  public long freeze(String log) {
    return database.update(
        "update budget_leases set state = ?, seq = seq + 1 where log = ? and state in (?, ?)",
        FROZEN,
        log,
        OPEN,
        CLOSING);
  }

  @Override
  public Map<Claim, List<Long>> passed(Collection<Claim> claims) {
    Map<Claim, List<Long>> passed = new HashMap<>();
    if (claims.isEmpty()) {
      return passed;
    }
    Map<String, Claim> byPlace = new HashMap<>();
    claims.forEach(
        claim -> byPlace.put(place(claim.id().log().topicId(), claim.id().partition()), claim));
    int lane = claims.iterator().next().id().log().lane().getNumber();
    for (Row row :
        database.query(
            "select b.lease_id, b.partition_no, q.topic_id from budget_leases l join lease_booked b"
                + " on b.lease_id = l.lease_id join queue_offsets q on q.lane = ? and (l.log ="
                + " concat('KAFKA:', q.topic_id) or (l.log = 'INBOX' and q.topic_id = 'INBOX'"
                + " and not exists (select 1 from inbox i where i.lease_id = b.lease_id and"
                + " i.partition_no = b.partition_no))) and q.partition_no = b.partition_no where l.state"
                + " = ? and b.fenced = false and b.queue_end is not null and q.next_offset >="
                + " b.queue_end",
            lane,
            CLOSING)) {
      Claim claim = byPlace.get(place(row.getString("topic_id"), row.getInt("partition_no")));
      if (claim != null) {
        passed.computeIfAbsent(claim, _ -> new ArrayList<>()).add(row.getLong("lease_id"));
      }
    }
    return passed;
  }

  @Override
  public long fence(Claim claim, Collection<Long> leases) {
    PartitionId id = claim.id();
    return database.inTransaction(tx -> {
      long mine =
          tx.update(
              "update queue_offsets set seq = seq + 1 where lane = ? and topic_id = ? and"
                  + " partition_no = ? and epoch = ?",
              id.log().lane().getNumber(),
              id.log().topicId(),
              id.partition(),
              claim.epoch());
      if (mine != 1) {
        return (long) CHANGED;
      }
      Collection<Long> drained =
          id.log().kind() == LogName.Kind.INBOX ? withoutRows(tx, id.partition(), leases) : leases;
      return drained.isEmpty() ? 0L : fence(tx, id, drained);
    });
  }

  /// Those of these leases that no inbox row of the partition names. Their rows are locked first,
  /// and the inbox is read by a statement that begins after that: who inserts a row has locked its
  /// lease's row before, so it either committed and is seen, or finds the lease fenced.
  private static Collection<Long> withoutRows(
      Transaction tx, int partition, Collection<Long> leases) {
    Object[] args = new Object[leases.size() + 1];
    args[0] = partition;
    System.arraycopy(leases.toArray(), 0, args, 1, leases.size());
    String which = " where partition_no = ? and lease_id in " + Rows.in(leases.size());
    var _ = tx.query("select lease_id from lease_booked" + which + " for update", args);
    List<Long> drained = new ArrayList<>(leases);
    tx.query("select distinct lease_id from inbox" + which, args)
        .forEach(row -> drained.remove((Long) row.getLong("lease_id")));
    return drained;
  }

  private static long fence(Transaction tx, PartitionId id, Collection<Long> leases) {
    Object[] args = new Object[leases.size() + 4];
    args[0] = id.partition();
    args[1] = id.log().lane().getNumber();
    args[2] = id.log().topicId();
    args[3] = id.partition();
    System.arraycopy(leases.toArray(), 0, args, 4, leases.size());
    return tx.update(
        "update lease_booked set fenced = true, seq = seq + 1 where partition_no = ? and fenced ="
            + " false and queue_end is not null and queue_end <= (select q.next_offset from"
            + " queue_offsets q where q.lane = ? and q.topic_id = ? and q.partition_no = ?) and"
            + " lease_id in "
            + Rows.in(leases.size()),
        args);
  }

  private static String place(String topicId, int partition) {
    return topicId + "/" + partition;
  }

  private static UnclosedLease read(Row row) {
    return new UnclosedLease(
        row.getLong("lease_id"),
        row.getString("budget_id"),
        row.getLong("slice"),
        row.getString("log"),
        Duration.ofMillis(row.getLong("lease_time_ms")),
        LeaseState.of(row.getInt("state")),
        row.getLong("seq"),
        row.getInt("partitions"),
        row.getInt("without_end"),
        row.getInt("fenced"),
        row.getLong("booked"));
  }
}
