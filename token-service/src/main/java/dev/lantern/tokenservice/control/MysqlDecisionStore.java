package dev.lantern.tokenservice.control;

import dev.lantern.common.v1.Lane;
import dev.lantern.sdk.token.KeySet.Epoch;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.DuplicateKeyException;
import dev.lantern.stores.sql.Row;
import dev.lantern.stores.sql.Statements;
import dev.lantern.tokenservice.keys.KeyLane;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Decisions in MySQL: each is one insert that its key makes harmless to repeat.
public final class MysqlDecisionStore implements DecisionStore {
  private static final String EPOCHS =
      "select lane, activity_id, scene_id, rain_id, keys_before from revoked_epochs";

  private final Database database;

  public MysqlDecisionStore(Database database) {
    this.database = database;
  }

  @Override
  public Decisions all() {
    return database.inSnapshot(tx ->
        new Decisions(
            keys(tx),
            tx.query(EPOCHS).stream().map(MysqlDecisionStore::epoch).toList(),
            halted(tx)));
  }

  @Override
  public void revokeKey(String keyId, Decision decision) {
    try {
      var _ =
          database.update(
              "insert into revoked_keys (key_id, request_id, reason, revoked_by, revoked_at)"
                  + " values (?, ?, ?, ?, ?)",
              keyId,
              decision.requestId(),
              decision.reason(),
              decision.by(),
              decision.at());
    } catch (DuplicateKeyException _) {
      // Revoked before: it stays as it was.
    }
  }

  @Override
  public Optional<Epoch> epoch(String requestId) {
    return database.query(EPOCHS + " where request_id = ?", requestId).stream()
        .findFirst()
        .map(MysqlDecisionStore::epoch);
  }

  @Override
  public Epoch revokeEpoch(Epoch epoch, Decision decision) {
    try {
      var _ =
          database.update(
              "insert into revoked_epochs (request_id, lane, activity_id, scene_id, rain_id,"
                  + " keys_before, reason, revoked_by, revoked_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
              decision.requestId(),
              word(epoch.lane()),
              epoch.activityId(),
              epoch.sceneId(),
              epoch.rainId(),
              epoch.keysBefore(),
              decision.reason(),
              decision.by(),
              decision.at());
      return epoch;
    } catch (DuplicateKeyException _) {
      return epoch(decision.requestId()).orElseThrow();
    }
  }

  @Override
  public boolean setHalted(KeyLane lane, boolean halted, Decision decision) {
    return database.inTransaction(tx -> {
      boolean was = halted(tx).contains(lane);
      var _ =
          tx.update(
              "insert into signing_halts (lane, halted, reason, changed_by, changed_at)"
                  + " values (?, ?, ?, ?, ?) on duplicate key update halted = values(halted),"
                  + " reason = values(reason), changed_by = values(changed_by),"
                  + " changed_at = values(changed_at)",
              lane.word(),
              halted,
              decision.reason(),
              decision.by(),
              decision.at());
      return was;
    });
  }

  private static Set<String> keys(Statements from) {
    return from.query("select key_id from revoked_keys").stream()
        .map(row -> row.getString("key_id"))
        .collect(Collectors.toSet());
  }

  private static Set<KeyLane> halted(Statements from) {
    List<Row> rows = from.query("select lane from signing_halts where halted");
    return rows.stream().map(row -> KeyLane.of(row.getString("lane"))).collect(Collectors.toSet());
  }

  private static Epoch epoch(Row row) {
    return new Epoch(
        lane(KeyLane.of(row.getString("lane"))),
        row.getString("activity_id"),
        row.getString("scene_id"),
        row.getInt("rain_id"),
        row.getInstant("keys_before"));
  }

  private static Lane lane(KeyLane lane) {
    return switch (lane) {
      case LIVE -> Lane.LANE_LIVE;
      case STRESS -> Lane.LANE_STRESS;
    };
  }

  private static String word(Lane lane) {
    return switch (lane) {
      case LANE_LIVE -> KeyLane.LIVE.word();
      case LANE_STRESS -> KeyLane.STRESS.word();
      case LANE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("an epoch is of a lane");
    };
  }
}
