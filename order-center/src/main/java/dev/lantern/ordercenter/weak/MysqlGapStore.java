package dev.lantern.ordercenter.weak;

import dev.lantern.common.v1.Lane;
import dev.lantern.stores.sql.Database;
import java.time.Instant;
import java.util.Optional;

/// [GapStore] in MySQL.
public final class MysqlGapStore implements GapStore {
  private final Database database;

  public MysqlGapStore(Database database) {
    this.database = database;
  }

  @Override
  public void mark(Lane lane) {
    database.update(
        "insert into claim_gaps (lane, marked_at, seq) values (?, utc_timestamp(6), 1)"
            + " on duplicate key update marked_at = values(marked_at), seq = seq + 1",
        lane.getNumber());
  }

  @Override
  public Optional<Instant> lastMark(Lane lane) {
    return database
        .query("select marked_at from claim_gaps where lane = ?", lane.getNumber())
        .stream()
        .map(row -> row.getInstant("marked_at"))
        .findFirst();
  }
}
