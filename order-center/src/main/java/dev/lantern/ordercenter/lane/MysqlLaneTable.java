package dev.lantern.ordercenter.lane;

import dev.lantern.ordercenter.lane.Opening.State;
import dev.lantern.ordercenter.operator.Answer;
import dev.lantern.ordercenter.operator.OperatorRequest;
import dev.lantern.ordercenter.operator.OperatorRequests;
import dev.lantern.ordercenter.operator.OperatorRequests.Figures;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.DuplicateKeyException;
import dev.lantern.stores.sql.Row;
import java.time.Duration;
import java.util.List;

/// [LaneTable] in MySQL.
public final class MysqlLaneTable implements LaneTable {
  private static final int LANE = 2;
  private static final String SEEN = "seen_at > utc_timestamp(6) - interval 10 second";
  private final Database database;

  public MysqlLaneTable(Database database) {
    this.database = database;
  }

  @Override
  public Opening read() {
    return database
        .query(
            "select opening, state, opened_at, expires_at,"
                + " coalesce(expires_at < utc_timestamp(6), false) as overdue"
                + " from stress_lane where id = ?",
            LANE)
        .stream()
        .findFirst()
        .map(MysqlLaneTable::opening)
        .orElse(Opening.NONE);
  }

  private static Opening opening(Row row) {
    return new Opening(
        row.getLong("opening"),
        State.of(row.getInt("state")),
        row.findInstant("opened_at"),
        row.findInstant("expires_at"),
        row.getBoolean("overdue"));
  }

  @Override
  public Answer open(OperatorRequest request, Duration openFor) {
    ensureRow();
    return OperatorRequests.once(
        database,
        request,
        tx -> {
          long opened =
              tx.update(
                  "update stress_lane set opening = opening + 1, state = ?,"
                      + " opened_at = utc_timestamp(6),"
                      + " expires_at = utc_timestamp(6) + interval ? second, seq = seq + 1"
                      + " where id = ? and state = ?",
                  State.OPEN.number(),
                  openFor.toSeconds(),
                  LANE,
                  State.CLEAN.number());
          if (opened == 0) {
            throw new LaneState("the lane is open, or was not cleaned");
          }
          long number =
              tx.query("select opening from stress_lane where id = ?", LANE)
                  .getFirst()
                  .getLong("opening");
          return new Figures(number, openFor.toSeconds());
        });
  }

  private void ensureRow() {
    try {
      database.update(
          "insert into stress_lane (id, opening, state, seq) values (?, 0, ?, 1)",
          LANE,
          State.CLEAN.number());
    } catch (DuplicateKeyException there) {
      // Made at the first opening.
    }
  }

  @Override
  public Answer close(OperatorRequest request) {
    return OperatorRequests.once(
        database,
        request,
        tx ->
            new Figures(
                tx.update(
                    "update stress_lane set state = ?, seq = seq + 1 where id = ? and state = ?",
                    State.CLOSED.number(),
                    LANE,
                    State.OPEN.number()),
                0));
  }

  @Override
  public void closeOverdue() {
    database.update(
        "update stress_lane set state = ?, seq = seq + 1"
            + " where id = ? and state = ? and expires_at < utc_timestamp(6)",
        State.CLOSED.number(),
        LANE,
        State.OPEN.number());
  }

  @Override
  public void cleaned(long opening) {
    database.update(
        "update stress_lane set state = ?, seq = seq + 1 where id = ? and opening = ? and state = ?"
            + " and not exists (select 1 from stress_lane_instances where serving and "
            + SEEN
            + ")",
        State.CLEAN.number(),
        LANE,
        opening,
        State.CLOSED.number());
  }

  @Override
  public Answer noteCleaning(OperatorRequest request) {
    return OperatorRequests.once(database, request, _ -> new Figures(0, 0));
  }

  @Override
  public void report(String instance, long opening, boolean serving) {
    database.update(
        "insert into stress_lane_instances (instance, opening, serving, seen_at)"
            + " values (?, ?, ?, utc_timestamp(6)) on duplicate key update"
            + " opening = values(opening), serving = values(serving), seen_at = values(seen_at)",
        instance,
        opening,
        serving);
  }

  @Override
  public List<Instance> instances() {
    return database
        .query(
            "select instance, opening, serving, seen_at from stress_lane_instances where "
                + SEEN
                + " order by instance")
        .stream()
        .map(row ->
            new Instance(
                row.getString("instance"),
                row.getLong("opening"),
                row.getBoolean("serving"),
                row.getInstant("seen_at")))
        .toList();
  }
}
