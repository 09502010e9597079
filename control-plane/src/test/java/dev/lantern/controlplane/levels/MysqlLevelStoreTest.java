package dev.lantern.controlplane.levels;

import dev.lantern.cli.stack.engine.Account;
import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.Engines;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.controlplane.audit.AuditStore;
import dev.lantern.controlplane.audit.MysqlAuditStore;
import dev.lantern.controlplane.switches.MysqlSwitchStore;
import dev.lantern.controlplane.switches.SwitchStore;
import dev.lantern.runtime.schema.Migrations;
import dev.lantern.stores.Secret;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.DatabaseConfig;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/// The same promises on the real MariaDB.
@Tag("engine")
final class MysqlLevelStoreTest extends LevelStoreContract {
  private static Database database;

  @BeforeAll
  static void open() {
    Engines engines = SharedEngines.with(Engine.MARIADB);
    DatabaseConfig config =
        DatabaseConfig.at(
                engines.host(),
                engines.port(Engine.MARIADB),
                "lantern_mesh",
                Account.CONTROL_PLANE.user(),
                new Secret(engines.password(Account.CONTROL_PLANE)))
            .withTls(DatabaseConfig.Verify.CA, engines.pki().authority())
            .withMaxConnections(4);
    Migrations.run(config, Duration.ofSeconds(10));
    database = Database.open(config, "levels");
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Override
  LevelStore levels() {
    return new MysqlLevelStore(database);
  }

  @Override
  SwitchStore switches() {
    return new MysqlSwitchStore(database);
  }

  @Override
  AuditStore audit() {
    return new MysqlAuditStore(database);
  }
}
