package dev.lantern.ordercenter.reconcile;

import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.DuplicateKeyException;
import dev.lantern.stores.sql.Row;
import dev.lantern.stores.sql.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// [Marks] in MySQL.
public final class MysqlMarks implements Marks {
  /// Before anything was booked.
  static final Instant BEGINNING = Instant.parse("2020-01-01T00:00:00Z");

  private static final String LEADER = "leader";

  private final Database database;

  public MysqlMarks(Database database) {
    this.database = database;
  }

  @Override
  public Seat leader() {
    Row row = row(LEADER);
    return new Seat(row.getString("owner"), row.getLong("epoch"), row.getLong("seq"));
  }

  @Override
  public Optional<Leadership> take(Seat seen, String me) {
    long rows =
        database.update(
            "update reconcile_marks set owner = ?, epoch = epoch + 1, seq = seq + 1"
                + " where name = ? and epoch = ? and seq = ?",
            me,
            LEADER,
            seen.epoch(),
            seen.seq());
    return rows == 1 ? Optional.of(new Leadership(me, seen.epoch() + 1)) : Optional.empty();
  }

  @Override
  public boolean touch(Leadership mine) {
    return database.inTransaction(tx -> holds(tx, mine));
  }

  @Override
  public Instant position(String pass) {
    return row(pass).getInstant("position");
  }

  @Override
  public void advance(Leadership mine, String pass, Instant from, Instant to) {
    database.inTransaction(tx -> {
      require(tx, mine);
      return tx.update(
          "update reconcile_marks set position = ?, seq = seq + 1 where name = ? and position = ?",
          to,
          pass,
          from);
    });
  }

  /// Begins a transaction that only the leader may commit.
  static void require(Transaction tx, Leadership mine) {
    if (!holds(tx, mine)) {
      throw new LeadershipLost();
    }
  }

  private static boolean holds(Transaction tx, Leadership mine) {
    return tx.update(
            "update reconcile_marks set seq = seq + 1 where name = ? and owner = ? and epoch = ?",
            LEADER,
            mine.owner(),
            mine.epoch())
        == 1;
  }

  private Row row(String name) {
    String sql = "select owner, epoch, seq, position from reconcile_marks where name = ?";
    List<Row> found = database.query(sql, name);
    if (found.isEmpty()) {
      insert(name);
      found = database.query(sql, name);
    }
    return found.getFirst();
  }

  private void insert(String name) {
    try {
      var _ =
          database.update(
              "insert into reconcile_marks (name, position, owner, epoch, seq)"
                  + " values (?, ?, '', 0, 0)",
              name,
              BEGINNING);
    } catch (DuplicateKeyException e) {
      // Another process was faster.
    }
  }
}
