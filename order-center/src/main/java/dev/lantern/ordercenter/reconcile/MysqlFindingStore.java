package dev.lantern.ordercenter.reconcile;

import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.Row;
import dev.lantern.stores.sql.Rows;
import dev.lantern.stores.sql.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// [FindingStore] in MySQL.
public final class MysqlFindingStore implements FindingStore {
  private static final String SELECT = "select " + FindingRows.COLUMNS + " from findings ";
  private static final String BY_ITSELF = "reconciliation";

  private final Database database;
  private final Ids ids;
  private final Alarms alarms;

  /// A store whose findings raise alarms.
  ///
  /// @param alarms what is written beside what is opened
  public MysqlFindingStore(Database database, Ids ids, Alarms alarms) {
    this.database = database;
    this.ids = ids;
    this.alarms = alarms;
  }

  @Override
  public Recorded record(Leadership mine, List<Found> found, Instant now) {
    Recorded all = new Recorded(0, 0);
    for (int from = 0; from < found.size(); from += MOST) {
      all = all.plus(some(mine, found.subList(from, Math.min(found.size(), from + MOST)), now));
    }
    return all;
  }

  private Recorded some(Leadership mine, List<Found> found, Instant now) {
    return database.inTransaction(tx -> {
      MysqlMarks.require(tx, mine);
      List<Finding> opened = new FindingWriter(tx, ids, now).write(found);
      alarms.write(tx, opened, now);
      return new Recorded(found.size(), opened.size());
    });
  }

  @Override
  public List<Finding> open(Set<Discrepancy> classes, long after, int limit) {
    List<Object> args = new ArrayList<>(numbers(classes));
    args.add(after);
    return select(
        "where state = 1 and finding_class in "
            + Rows.in(classes.size())
            + " and finding_id > ? order by finding_id limit "
            + limit,
        args);
  }

  @Override
  public void clear(Leadership mine, Collection<Long> cleared, String note, Instant now) {
    if (cleared.isEmpty()) {
      return;
    }
    List<Object> args = new ArrayList<>(List.of(now, now, BY_ITSELF, note));
    args.addAll(cleared);
    database.inTransaction(tx -> {
      MysqlMarks.require(tx, mine);
      return tx.update(
          "update findings set state = 3, closed_at = ?, changed_at = ?, closed_by = ?, note = ?,"
              + " seq = seq + 1 where state = 1 and finding_id in "
              + Rows.in(cleared.size()),
          args.toArray());
    });
  }

  @Override
  public void clearUnseen(
      Leadership mine, Set<Discrepancy> classes, String scope, Instant seenSince, Instant now) {
    List<Object> args = new ArrayList<>(List.of(now, now, BY_ITSELF, "it holds no longer"));
    args.addAll(numbers(classes));
    args.add(scope);
    args.add(seenSince);
    database.inTransaction(tx -> {
      MysqlMarks.require(tx, mine);
      return tx.update(
          "update findings set state = 3, closed_at = ?, changed_at = ?, closed_by = ?, note = ?,"
              + " seq = seq + 1 where state = 1 and finding_class in "
              + Rows.in(classes.size())
              + " and scope = ? and last_seen_at < ?",
          args.toArray());
    });
  }

  @Override
  public List<Finding> list(Filter filter, long before, int limit) {
    List<Object> args = new ArrayList<>(List.of(before));
    StringBuilder where = new StringBuilder("where finding_id < ?");
    filter
        .what()
        .ifPresent(what -> {
          where.append(" and finding_class = ?");
          args.add(what.number());
        });
    filter
        .state()
        .ifPresent(state -> {
          where.append(" and state = ?");
          args.add(state.number());
        });
    if (!filter.activityId().isEmpty()) {
      where.append(" and activity_id = ?");
      args.add(filter.activityId());
    }
    if (filter.manifestId() != 0) {
      where.append(" and manifest_id = ?");
      args.add(filter.manifestId());
    }
    return select(where + " order by finding_id desc limit " + limit, args);
  }

  @Override
  public Optional<Finding> find(long id) {
    return select("where finding_id = ?", List.of(id)).stream().findFirst();
  }

  @Override
  public List<Finding> changedSince(Instant instant, long afterId, int limit) {
    return select(
        "where changed_at >= ? and (changed_at > ? or finding_id > ?)"
            + " order by changed_at, finding_id limit "
            + limit,
        List.of(instant, instant, afterId));
  }

  @Override
  public Optional<Finding> resolve(
      long id, String actor, String requestId, String reason, Instant now) {
    var _ = database.inTransaction(tx -> resolve(tx, id, actor, requestId, reason, now));
    return find(id);
  }

  private static long resolve(
      Transaction tx, long id, String actor, String requestId, String reason, Instant now) {
    long rows =
        tx.update(
            "update findings set state = 2, closed_at = ?, changed_at = ?, closed_by = ?, note = ?,"
                + " seq = seq + 1 where finding_id = ? and state = 1",
            now,
            now,
            actor,
            reason,
            id);
    if (rows == 1) {
      var _ =
          tx.update(
              "insert into audit (at, actor, action, target, detail) values (?, ?, ?, ?, ?)",
              now,
              actor,
              "finding.resolve",
              Long.toString(id),
              requestId + ": " + reason);
    }
    return rows;
  }

  @Override
  public Map<Discrepancy, Open> openByClass() {
    Map<Discrepancy, Open> open = new EnumMap<>(Discrepancy.class);
    for (Row row :
        database.query(
            "select finding_class, count(*) as n, sum(amount_fen) as fen from findings"
                + " where state = 1 group by finding_class")) {
      open.put(
          Discrepancy.of(row.getInt("finding_class")),
          new Open(row.getLong("n"), row.getLong("fen")));
    }
    return open;
  }

  private static List<Integer> numbers(Set<Discrepancy> classes) {
    return classes.stream().map(Discrepancy::number).toList();
  }

  private List<Finding> select(String where, List<Object> args) {
    return database.query(SELECT + where, args.toArray()).stream().map(FindingRows::read).toList();
  }
}
