package dev.lantern.stores.sql;

import dev.lantern.cli.stack.engine.Account;
import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.Engines;
import dev.lantern.stores.Secret;

/// Addresses of test databases.
final class Databases {

  private Databases() {}

  static DatabaseConfig config(Engines engines) {
    return DatabaseConfig.at(
            engines.host(),
            engines.port(Engine.MARIADB),
            "lantern_order",
            Account.ORDER_CENTER.user(),
            new Secret(engines.password(Account.ORDER_CENTER)))
        .withTls(DatabaseConfig.Verify.IDENTITY, engines.pki().authority());
  }
}
