package dev.lantern.ordercenter.inquiry;

import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.runtime.identity.RequestContext;
import dev.lantern.stores.sql.Database;

/// Keeps in the audit log which people looked at whose money, and why.
///
/// Users look at their own, and wallet-api on their behalf: neither is kept. Everybody else must
/// give a reason, and gets no answer that is not on record: the line is written before the reading.
public final class Inspection {
  private static final String ON_THEIR_BEHALF = "wallet-api";
  private static final int DETAIL_MAX = 2000;

  private final Database database;

  public Inspection(Database database) {
    this.database = database;
  }

  /// Notes a reading, where it must be noted.
  ///
  /// @param action such as `orders.list`
  /// @param what which of the user's things
  /// @throws Refused with INVALID_FIELD where the reason is missing
  void note(RequestContext context, String action, long actId, String what, String reason) {
    if (context.user().isPresent() || context.caller().name().equals(ON_THEIR_BEHALF)) {
      return;
    }
    if (reason.isBlank()) {
      throw Refused.of(Reason.REASON_INVALID_FIELD, "reading a user's books needs a reason")
          .field("reason");
    }
    String detail = what + ": " + reason;
    database.update(
        "insert into audit (at, actor, action, target, detail)"
            + " values (utc_timestamp(6), ?, ?, ?, ?)",
        context.caller().toString(),
        action,
        Long.toString(actId),
        detail.substring(0, Math.min(DETAIL_MAX, detail.length())));
  }
}
