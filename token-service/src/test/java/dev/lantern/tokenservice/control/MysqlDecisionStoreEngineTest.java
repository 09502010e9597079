package dev.lantern.tokenservice.control;

import dev.lantern.stores.sql.Database;
import dev.lantern.tokenservice.TokenSchema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

/// The contract on the real MariaDB.
@Tag("engine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MysqlDecisionStoreEngineTest extends DecisionStoreContract {
  private final Database database = TokenSchema.open();
  private final DecisionStore store = new MysqlDecisionStore(database);

  @Override
  DecisionStore store() {
    return store;
  }

  @AfterAll
  void close() {
    database.close();
  }
}
