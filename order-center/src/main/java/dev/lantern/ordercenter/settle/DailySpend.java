package dev.lantern.ordercenter.settle;

import dev.lantern.stores.sql.Rows;
import dev.lantern.stores.sql.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;

/// Counts what users are booked towards their days, in the transaction that books it.
///
/// The rows are raised first and looked at then, under their locks: of two transactions that would
/// take a day over its cap together the second sees the first, and one of them is rolled back. A
/// group that is rolled back is halved down to the order that is over the cap, which is parked.
final class DailySpend {
  static final BookingStore.Result OVER =
      new BookingStore.Result.Refused(DailyCap.CODE + ": the user has had a day's worth");

  private DailySpend() {}

  static void raise(Transaction tx, NavigableMap<DailyCap.Day, Effects.Spend> days) {
    if (days.isEmpty()) {
      return;
    }
    Rows rows = new Rows(5);
    days.forEach((day, spend) ->
        rows.add(day.actId(), day.date().toString(), day.parentActivityId(), spend.fen(), 1));
    tx.update(
        "insert into daily_spend (act_id, day, parent_activity_id, fen, seq) "
            + rows.values()
            + " on duplicate key update fen = fen + values(fen), seq = seq + 1",
        rows.args());
    if (isAnyOver(tx, days)) {
      throw new LedgerWrites.RolledBack(OVER);
    }
  }

  private static boolean isAnyOver(Transaction tx, NavigableMap<DailyCap.Day, Effects.Spend> days) {
    List<Object> args = new ArrayList<>();
    days.forEach((day, spend) -> {
      if (spend.capFen() != DailyCap.UNLIMITED) {
        args.add(day.actId());
        args.add(day.date().toString());
        args.add(day.parentActivityId());
        args.add(spend.capFen());
      }
    });
    if (args.isEmpty()) {
      return false;
    }
    String capped =
        "select ? as act_id, cast(? as date) as day, ? as parent, ? as cap"
            + " union all select ?, cast(? as date), ?, ?".repeat(args.size() / 4 - 1);
    return tx.query(
                "select count(*) as n from ("
                    + capped
                    + ") as k straight_join daily_spend d on d.act_id = k.act_id and d.day = k.day"
                    + " and d.parent_activity_id = k.parent where d.fen > k.cap",
                args.toArray())
            .getFirst()
            .getLong("n")
        > 0;
  }
}
