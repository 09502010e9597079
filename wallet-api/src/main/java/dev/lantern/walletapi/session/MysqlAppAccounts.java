package dev.lantern.walletapi.session;

import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.DuplicateKeyException;
import dev.lantern.stores.sql.Row;
import dev.lantern.stores.sql.StoreUnavailableException;
import dev.lantern.stores.sql.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/// Accounts and spent assertions in schema `lantern_wallet`.
///
/// Both are decided by unique keys alone, insert first. A spent assertion is a row, not a Redis
/// key: a Redis that lost its data would let every assertion of the last minute in again.
public final class MysqlAppAccounts implements AppAccounts {
  private static final int TRIES = 4;
  private static final int ACT_ID_BITS = 53; // JSON's numbers hold it exactly

  private final Database database;
  private final RandomGenerator random;

  /// @param random where act_ids come from; unpredictable in production, so that they tell nothing
  public MysqlAppAccounts(Database database, RandomGenerator random) {
    this.database = database;
    this.random = random;
  }

  @Override
  public Entry enter(Assertion.Sound assertion) {
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      OptionalLong known = find(assertion.user());
      if (known.isPresent()) {
        return spend(assertion) ? new Entry.Known(known.getAsLong()) : new Entry.Replayed();
      }
      Optional<Entry> made = make(assertion, newActId());
      if (made.isPresent()) {
        return made.get();
      }
    }
    throw new StoreUnavailableException("an account could not be made", null);
  }

  @Override
  public long forgetSpent(Instant instant, int limit) {
    return database.update(
        "delete from spent_assertions where expires_at < ? order by expires_at limit ?",
        instant,
        limit);
  }

  private OptionalLong find(AppUser user) {
    List<Row> rows =
        database.query(
            "select act_id from app_accounts where app_id = ? and app_user_id = ?",
            user.appId(),
            user.appUserId());
    return rows.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(rows.getFirst().getLong("act_id"));
  }

  private boolean spend(Assertion.Sound assertion) {
    try {
      database.update(SPEND, spendArgs(assertion));
      return true;
    } catch (DuplicateKeyException spent) {
      return false;
    }
  }

  /// Empty when the user came in by another call meanwhile, or the act_id is somebody else's: then
  /// nothing was spent either.
  private Optional<Entry> make(Assertion.Sound assertion, long actId) {
    try {
      return Optional.of(database.inTransaction(tx -> spendAndMake(tx, assertion, actId)));
    } catch (DuplicateKeyException taken) {
      return Optional.empty();
    }
  }

  private static Entry spendAndMake(Transaction tx, Assertion.Sound assertion, long actId) {
    try {
      tx.update(SPEND, spendArgs(assertion));
    } catch (DuplicateKeyException spent) {
      return new Entry.Replayed();
    }
    tx.update(
        "insert into app_accounts (app_id, app_user_id, act_id, created_at)"
            + " values (?, ?, ?, utc_timestamp(6))",
        assertion.user().appId(),
        assertion.user().appUserId(),
        actId);
    return new Entry.Made(actId);
  }

  private long newActId() {
    return random.nextLong(1, 1L << ACT_ID_BITS);
  }

  private static final String SPEND =
      "insert into spent_assertions (app_id, jti, expires_at) values (?, ?, ?)";

  private static Object[] spendArgs(Assertion.Sound assertion) {
    return new Object[] {assertion.user().appId(), assertion.jti(), assertion.expires()};
  }
}
