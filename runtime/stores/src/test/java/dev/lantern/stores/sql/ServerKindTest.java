package dev.lantern.stores.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.stores.Secret;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServerKindTest {

  private final DatabaseConfig config =
      DatabaseConfig.at("localhost", 3306, "d", "u", new Secret("p"));

  @Test
  void of_versionStrings_tellsTheEngine() {
    assertThat(ServerKind.of("11.4.5-MariaDB")).isEqualTo(ServerKind.MARIADB);
    assertThat(ServerKind.of("5.5.5-10.11.19-MariaDB-0+deb12u1")).isEqualTo(ServerKind.MARIADB);
    assertThat(ServerKind.of("8.0.11-TiDB-v8.5.3")).isEqualTo(ServerKind.TIDB);
    assertThat(ServerKind.of("8.4.2")).isEqualTo(ServerKind.MYSQL);
  }

  @Test
  void maxIdle_whereOnlyWaitTimeoutExists_isShorterThanIt() {
    assertThat(ServerKind.MYSQL.sessionSettings(config).get(1)).contains("wait_timeout = 5");
    assertThat(ServerKind.MYSQL.maxIdle(config)).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void settings_everyEngine_limitIdleTransactionsAndStatements() {
    assertThat(ServerKind.MARIADB.sessionSettings(config).get(1))
        .contains("idle_transaction_timeout = 5")
        .contains("max_statement_time = 3.000");
    assertThat(ServerKind.TIDB.sessionSettings(config).get(1))
        .contains("tidb_idle_transaction_timeout = 5")
        .contains("max_execution_time = 3000")
        .contains("pessimistic");
    assertThat(ServerKind.MYSQL.sessionSettings(config).get(1))
        .contains("max_execution_time = 3000");
  }
}
