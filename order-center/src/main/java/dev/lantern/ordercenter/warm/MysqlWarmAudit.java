package dev.lantern.ordercenter.warm;

import dev.lantern.stores.sql.Database;

/// Warmings in table `audit`.
public final class MysqlWarmAudit implements WarmService.Audit {
  private final Database database;

  public MysqlWarmAudit(Database database) {
    this.database = database;
  }

  @Override
  public void note(String requestId, String actor, String instance, String reason) {
    database.update(
        "insert into audit (at, actor, action, target, detail)"
            + " values (utc_timestamp(6), ?, 'warm', ?, ?)",
        actor,
        instance,
        requestId + ": " + reason);
  }
}
