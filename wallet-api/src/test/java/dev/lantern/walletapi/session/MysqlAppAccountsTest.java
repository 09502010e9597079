package dev.lantern.walletapi.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.StoreUnavailableException;
import dev.lantern.walletapi.WalletSchema;
import dev.lantern.walletapi.session.AppAccounts.Entry;
import java.security.SecureRandom;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The contract on the real MariaDB.
@Tag("engine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MysqlAppAccountsTest extends AppAccountsContract {
  private final Database database = WalletSchema.open();
  private final AppAccounts accounts = new MysqlAppAccounts(database, new SecureRandom());

  @Override
  AppAccounts accounts() {
    return accounts;
  }

  @AfterAll
  void close() {
    database.close();
  }

  @Test
  void enter_whenTheActIdDrawnIsSomebodyElses_drawsAnother() {
    long taken = ((Entry.Made) accounts.enter(assertion(user()))).actId();
    AppAccounts unlucky = new MysqlAppAccounts(database, drawing(taken, taken, 42));
    assertThat(unlucky.enter(assertion(user()))).isEqualTo(new Entry.Made(42));
  }

  @Test
  void enter_whenEveryActIdDrawnIsTaken_givesUpAndSpendsNothing() {
    long taken = ((Entry.Made) accounts.enter(assertion(user()))).actId();
    AppAccounts hopeless =
        new MysqlAppAccounts(database, drawing(taken, taken, taken, taken, taken));
    Assertion.Sound assertion = assertion(user());
    assertThatThrownBy(() -> hopeless.enter(assertion))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(accounts.enter(assertion)).isInstanceOf(Entry.Made.class);
  }

  /// Draws exactly these act_ids.
  private static RandomGenerator drawing(long... actIds) {
    Iterator<Long> next = java.util.Arrays.stream(actIds).boxed().toList().iterator();
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        return next.next();
      }

      @Override
      public long nextLong(long origin, long bound) {
        return next.next();
      }
    };
  }

  @Test
  void table_ofAppUsers_comparesByteByByte() {
    assertThat(
            database
                .query(
                    "select collation_name as c from information_schema.columns where table_schema ="
                        + " 'lantern_wallet' and collation_name is not null and table_name in"
                        + " ('app_accounts', 'spent_assertions')")
                .stream()
                .map(row -> row.getString("c"))
                .toList())
        .isEqualTo(List.of("ascii_bin", "ascii_bin"));
  }
}
