package dev.lantern.walletapi;

import dev.lantern.cli.stack.engine.Account;
import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.Engines;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.runtime.schema.Migrations;
import dev.lantern.stores.Secret;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.DatabaseConfig;
import java.time.Duration;

/// The real MariaDB with wallet-api's schema, brought there by its own migrations.
public final class WalletSchema {
  private WalletSchema() {}

  public static DatabaseConfig config() {
    Engines engines = SharedEngines.with(Engine.MARIADB);
    return DatabaseConfig.at(
            engines.host(),
            engines.port(Engine.MARIADB),
            "lantern_wallet",
            Account.WALLET_API.user(),
            new Secret(engines.password(Account.WALLET_API)))
        .withTls(DatabaseConfig.Verify.CA, engines.pki().authority())
        .withMaxConnections(8);
  }

  public static Database open() {
    DatabaseConfig config = config();
    Migrations.run(config, Duration.ofSeconds(10));
    return Database.open(config, "wallet-test");
  }
}
