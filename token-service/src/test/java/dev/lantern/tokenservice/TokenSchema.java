package dev.lantern.tokenservice;

import dev.lantern.cli.stack.engine.Account;
import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.Engines;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.runtime.schema.Migrations;
import dev.lantern.stores.Secret;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.DatabaseConfig;
import java.time.Duration;

/// The real MariaDB with token-service's schema, brought there by its own migrations.
public final class TokenSchema {
  private TokenSchema() {}

  public static Database open() {
    return open(4);
  }

  public static Database open(int connections) {
    Engines engines = SharedEngines.with(Engine.MARIADB);
    DatabaseConfig config =
        DatabaseConfig.at(
                engines.host(),
                engines.port(Engine.MARIADB),
                "lantern_token",
                Account.TOKEN_SERVICE.user(),
                new Secret(engines.password(Account.TOKEN_SERVICE)))
            .withTls(DatabaseConfig.Verify.CA, engines.pki().authority())
            .withMaxConnections(connections);
    Migrations.run(config, Duration.ofSeconds(10));
    return Database.open(config, "token-test");
  }
}
