package dev.lantern.runtime.schema;

import dev.lantern.stores.sql.DatabaseConfig;
import java.time.Duration;
import org.flywaydb.core.Flyway;

/// Brings a service's schema up to what its build knows, by the files in `db/migration` of its
/// class path; safe when several processes start at once. The only user of JDBC.
public final class Migrations {
  private Migrations() {}

  /// Migrates, or throws Flyway's exception: a service does not serve on another schema.
  ///
  /// @param patience for how long a database that cannot be reached is tried again, each second
  public static void run(DatabaseConfig database, Duration patience) {
    var _ =
        Flyway.configure()
            .dataSource(url(database), database.user(), database.password().value())
            .connectRetries((int) patience.toSeconds())
            .connectRetriesInterval(1)
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
