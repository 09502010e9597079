package dev.lantern.controlplane;

import dev.lantern.stores.sql.DatabaseConfig;
import org.flywaydb.core.Flyway;

/// Brings the schema `lantern_mesh` to what this version needs.
final class Migrations {
  private Migrations() {}

  /// Throws Flyway's exception when it cannot.
  static void run(DatabaseConfig database) {
    var _ =
        Flyway.configure()
            .dataSource(url(database), database.user(), database.password().value())
            .locations("classpath:db/migration")
            .load()
            .migrate();
  }

  private static String url(DatabaseConfig database) {
    String tls =
        switch (database.tls().verify()) {
          case OFF -> "disable";
          case ENCRYPT -> "trust";
          case CA -> "verify-ca";
          case IDENTITY -> "verify-full";
        };
    String ca = database.tls().ca().map(file -> "&serverSslCert=" + file).orElse("");
    return "jdbc:mariadb://%s:%d/%s?connectTimeout=%d&sslMode=%s%s"
        .formatted(
            database.host(),
            database.port(),
            database.database(),
            database.connectTimeout().toMillis(),
            tls,
            ca);
  }
}
