package dev.lantern.tokenservice.log;

import dev.lantern.stores.sql.Database;
import dev.lantern.tokenservice.TokenSchema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

/// The contract on the real MariaDB.
@Tag("engine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MysqlRootStoreEngineTest extends RootStoreContract {
  private final Database database = TokenSchema.open();
  private final RootStore store = new MysqlRootStore(database);

  @Override
  RootStore store() {
    return store;
  }

  @AfterAll
  void close() {
    database.close();
  }
}
