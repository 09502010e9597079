package dev.lantern.ordercenter;

import dev.lantern.stores.sql.DatabaseConfig;
import dev.lantern.stores.sql.DatabaseConfig.Tls;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;

/// Brings schema `lantern_order` up to what this build knows; safe when several processes start at
/// once. The only user of JDBC.
final class Migrations {
  private static final int CONNECT_TRIES = 10;

  private Migrations() {}

  /// Migrates, or throws Flyway's exception: a service does not serve on another schema.
  static void run(DatabaseConfig database) {
    var _ =
        Flyway.configure()
            .dataSource(url(database), database.user(), database.password().value())
            .connectRetries(CONNECT_TRIES)
            .connectRetriesInterval(1)
            .locations("classpath:db/migration")
            .load()
            .migrate();
  }

  private static String url(DatabaseConfig database) {
    return "jdbc:mariadb://%s:%d/%s?%s"
        .formatted(database.host(), database.port(), database.database(), tls(database.tls()));
  }

  private static String tls(Tls tls) {
    return switch (tls.verify()) {
      case OFF -> "sslMode=disable";
      case ENCRYPT -> "sslMode=trust";
      case CA -> "sslMode=verify-ca&serverSslCert=" + ca(tls);
      case IDENTITY -> "sslMode=verify-full&serverSslCert=" + ca(tls);
    };
  }

  private static Path ca(Tls tls) {
    return tls.ca().orElseThrow();
  }
}
