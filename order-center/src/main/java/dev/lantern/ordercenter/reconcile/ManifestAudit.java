package dev.lantern.ordercenter.reconcile;

import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A manifest beside the orders, both ways: what it tells and the books have not, and what the
/// books have in its scope and it does not tell. Page by page, each one statement.
final class ManifestAudit {
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

  /// A reissue has paid it: told as refused, or not at all, and booked all the same.
  private static final String NOT_REISSUED =
      " and not exists (select 1 from reissue_rows p where p.act_id = o.act_id"
          + " and p.order_no = o.order_no and p.state = 2)";

  /// What was told was refused by its downstream, and something else given.
  private static final String NOT_COMPENSATED =
      " and not (o.compensated and exists (select 1 from grants g where g.act_id = o.act_id"
          + " and g.order_no = o.order_no and g.step = 1 and g.award_type = r.award_type))";

  private static final String TOLD =
      "select r.order_no, r.act_id, r.award_type, r.amount_fen as told, r.outcome,"
          + " coalesce(o.order_no, '') as known, coalesce(o.given_type, 0) as given,"
          + " coalesce(o.amount_fen, 0) as booked"
          + " from manifest_rows r left join orders o"
          + " on o.act_id = r.act_id and o.order_no = r.order_no"
          + " where r.manifest_id = ? and r.order_no > ? and r.order_no <= ? and ("
          + " (r.outcome = 1 and o.order_no is null and not exists (select 1 from inbox i"
          + " where i.act_id = r.act_id and i.order_no = r.order_no))"
          + " or (r.outcome = 1 and o.given_type <> 0"
          + " and (o.given_type <> r.award_type or o.amount_fen <> r.amount_fen)"
          + NOT_COMPENSATED
          + " and not exists (select 1 from conflicts c where c.act_id = r.act_id"
          + " and c.order_no = r.order_no and c.amount_fen = r.amount_fen and c.state in (4, 8)))"
          + " or (r.outcome = 2 and o.state = 8"
          + NOT_REISSUED
          + "))";

  private static final String UNTOLD =
      "select o.act_id, o.order_no, o.amount_fen from orders o left join manifest_rows r"
          + " on r.manifest_id = ? and r.order_no = o.order_no"
          + " where r.order_no is null and o.state <> 9"
          + NOT_REISSUED
          + " and ";

  /// Above every order number.
  private static final String LAST = "~";

  private final Database database;

  ManifestAudit(Database database) {
    this.database = database;
  }

  ManifestStore.Page told(Manifest manifest, String after, int atMost) {
    List<Row> end =
        database.query(
            "select order_no from manifest_rows where manifest_id = ? and order_no > ?"
                + " order by order_no limit 1 offset "
                + atMost,
            manifest.id(),
            after);
    Optional<String> next = end.stream().map(row -> row.getString("order_no")).findFirst();
    List<Found> found =
        database.query(TOLD, manifest.id(), after, next.orElse(LAST)).stream()
            .map(row -> told(row, manifest))
            .toList();
    return new ManifestStore.Page(found, next);
  }

  private static Found told(Row row, Manifest manifest) {
    OrderKey key = new OrderKey(row.getLong("act_id"), row.getString("order_no"));
    long told = row.getLong("told");
    long booked = row.getLong("booked");
    String says = "told " + told + " fen of award type " + row.getInt("award_type");
    String has = ", booked " + booked + " of award type " + row.getInt("given");
    Found found;
    if (row.getInt("outcome") == 2) {
      found = of(Discrepancy.UNKNOWN_TO_UPSTREAM, key, manifest, booked, "told as refused" + has);
    } else if (row.getString("known").isEmpty()) {
      found = of(Discrepancy.MISSING_ORDER, key, manifest, told, says + ", not in the books");
    } else if (row.getInt("given") != row.getInt("award_type")) {
      found = of(Discrepancy.AWARD_DIFFERS, key, manifest, Math.max(told, booked), says + has);
    } else {
      found = of(Discrepancy.AMOUNT_DIFFERS, key, manifest, Math.abs(told - booked), says + has);
    }
    return found.by(manifest);
  }

  private static Found of(
      Discrepancy what, OrderKey key, Manifest manifest, long fen, String detail) {
    return Found.ofOrder(what, key, manifest.activityId(), fen, detail);
  }

  /// By user: the index over a round's orders ends with the primary key.
  ManifestStore.Page untold(
      Manifest manifest, Manifest.Scope.Round round, String after, int atMost) {
    long from = after.isEmpty() ? 0 : Long.parseLong(after);
    List<Row> end =
        database.query(
            "select act_id from orders where scene_id = ? and rain_id = ? and act_id > ?"
                + " order by act_id limit 1 offset "
                + atMost,
            round.sceneId(),
            round.rainId(),
            from);
    Optional<Long> next = end.stream().map(row -> row.getLong("act_id")).findFirst();
    List<Row> rows =
        database.query(
            UNTOLD
                + "o.scene_id = ? and o.rain_id = ? and o.act_id > ? and o.act_id <= ?"
                + " and o.parent_activity_id = ?",
            manifest.id(),
            round.sceneId(),
            round.rainId(),
            from,
            next.orElse(Long.MAX_VALUE),
            manifest.activityId());
    return page(rows, manifest, next.map(Object::toString));
  }

  /// By booking: nothing is booked before it is accepted.
  ManifestStore.Page untold(
      Manifest manifest, Manifest.Scope.Window window, String after, int atMost, Instant now) {
    Instant from = after.isEmpty() ? window.from().minus(CLOCKS_DIFFER) : Instant.parse(after);
    Instant until = new MysqlBooksAudit(database).boundary(from, now, atMost);
    List<Row> rows =
        database.query(
            UNTOLD
                + "o.booked_at > ? and o.booked_at <= ? and o.accepted_at >= ?"
                + " and o.accepted_at < ? and o.parent_activity_id = ?",
            manifest.id(),
            from,
            until,
            window.from(),
            window.to(),
            manifest.activityId());
    return page(
        rows, manifest, until.isBefore(now) ? Optional.of(until.toString()) : Optional.empty());
  }

  private static ManifestStore.Page page(List<Row> rows, Manifest manifest, Optional<String> next) {
    return new ManifestStore.Page(
        rows.stream()
            .map(row ->
                of(
                        Discrepancy.UNKNOWN_TO_UPSTREAM,
                        new OrderKey(row.getLong("act_id"), row.getString("order_no")),
                        manifest,
                        row.getLong("amount_fen"),
                        "booked, not told")
                    .by(manifest))
            .toList(),
        next);
  }
}
