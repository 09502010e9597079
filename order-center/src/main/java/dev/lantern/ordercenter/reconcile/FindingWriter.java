package dev.lantern.ordercenter.reconcile;

import dev.lantern.stores.sql.Row;
import dev.lantern.stores.sql.Rows;
import dev.lantern.stores.sql.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes what a pass found, within its transaction.
///
/// The transaction holds the leader's row, so nobody else inserts meanwhile; the unique key by
/// class and subject is there for what must not happen.
final class FindingWriter {
  private final Transaction tx;
  private final Ids ids;
  private final Instant now;

  FindingWriter(Transaction tx, Ids ids, Instant now) {
    this.tx = tx;
    this.ids = ids;
    this.now = now;
  }

  /// Writes it all.
  ///
  /// @return what was opened
  List<Finding> write(List<Found> all) {
    Map<Key, Found> found = new LinkedHashMap<>();
    all.forEach(one -> found.put(Key.of(one), one));
    Map<Key, Finding> known = known(found);
    List<Finding> opened = new ArrayList<>();
    List<Found> fresh = new ArrayList<>();
    List<Long> seenAgain = new ArrayList<>();
    found.forEach((key, one) -> {
      Finding before = known.get(key);
      if (before == null) {
        fresh.add(one);
      } else if (reopens(before, one)) {
        opened.add(update(before, one, true));
      } else if (before.state() == Finding.State.OPEN && !before.found().equals(one)) {
        var _ = update(before, one, false);
      } else {
        seenAgain.add(before.id());
      }
    });
    touch(seenAgain);
    opened.addAll(insert(fresh));
    return opened;
  }

  private static boolean reopens(Finding before, Found now) {
    return switch (before.state()) {
      case OPEN -> false;
      case CLEARED -> true;
      case RESOLVED -> before.found().amountFen() != now.amountFen();
    };
  }

  private Map<Key, Finding> known(Map<Key, Found> found) {
    Map<Discrepancy, List<String>> subjects = new HashMap<>();
    found
        .keySet()
        .forEach(
            key -> subjects.computeIfAbsent(key.what, _ -> new ArrayList<>()).add(key.subject));
    Map<Key, Finding> known = new HashMap<>();
    subjects.forEach((what, some) -> {
      List<Object> args = new ArrayList<>();
      args.add(what.number());
      args.addAll(some);
      List<Row> rows =
          tx.query(
              "select "
                  + FindingRows.COLUMNS
                  + " from findings where finding_class = ? and subject in "
                  + Rows.in(some.size()),
              args.toArray());
      rows.stream()
          .map(FindingRows::read)
          .forEach(finding -> known.put(Key.of(finding.found()), finding));
    });
    return known;
  }

  private Finding update(Finding before, Found found, boolean reopened) {
    var _ =
        tx.update(
            "update findings set activity_id = ?, amount_fen = ?, order_count = ?, detail = ?,"
                + " scope = ?, manifest_id = ?, state = ?, last_seen_at = ?, changed_at = ?,"
                + " closed_at = null, closed_by = null, note = null, seq = seq + 1"
                + " where finding_id = ?",
            found.activityId(),
            found.amountFen(),
            found.orders(),
            found.detail(),
            found.scope(),
            found.manifestId(),
            Finding.State.OPEN.number(),
            now,
            now,
            before.id());
    return reopened ? fresh(before.id(), found) : before;
  }

  private void touch(List<Long> seen) {
    if (!seen.isEmpty()) {
      List<Object> args = new ArrayList<>();
      args.add(now);
      args.addAll(seen);
      var _ =
          tx.update(
              "update findings set last_seen_at = ?, seq = seq + 1 where finding_id in "
                  + Rows.in(seen.size()),
              args.toArray());
    }
  }

  private List<Finding> insert(List<Found> fresh) {
    if (fresh.isEmpty()) {
      return List.of();
    }
    List<Finding> made = new ArrayList<>();
    Rows rows = new Rows(15);
    for (Found one : fresh) {
      Finding finding = fresh(ids.next(now), one);
      made.add(finding);
      rows.add(
          finding.id(),
          one.what().number(),
          one.subject(),
          one.activityId(),
          one.actId(),
          one.orderNo(),
          one.amountFen(),
          one.orders(),
          one.detail(),
          one.scope(),
          one.manifestId(),
          Finding.State.OPEN.number(),
          now,
          now,
          now);
    }
    var _ =
        tx.update(
            "insert into findings (finding_id, finding_class, subject, activity_id, act_id,"
                + " order_no, amount_fen, order_count, detail, scope, manifest_id, state,"
                + " first_seen_at, last_seen_at, changed_at) "
                + rows.values(),
            rows.args());
    return made;
  }

  private Finding fresh(long id, Found found) {
    return new Finding(id, found, Finding.State.OPEN, now, now, now, Optional.empty(), 0);
  }

  private record Key(Discrepancy what, String subject) {
    static Key of(Found found) {
      return new Key(found.what(), found.subject());
    }
  }
}
