package dev.lantern.cli.stack.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.cli.stack.port.FreePorts;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.EnumSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("engine")
class EnginesTest {
  @TempDir Path home;

  @Test
  void start_allEngines_serveAndKeepTheirDataOverAKill() throws SQLException {
    int base = FreePorts.base();
    try (var engines = Engines.start(home, base, EnumSet.allOf(Engine.class))) {
      try (var connection = connect(engines, Account.ORDER_CENTER);
          var statement = connection.createStatement()) {
        statement.execute("create table kept (id int primary key)");
        statement.execute("insert into kept values (42)");
      }
      for (Engine engine : Engine.values()) {
        engines.kill(engine);
      }
      engines.ensure(EnumSet.allOf(Engine.class));
      try (var connection = connect(engines, Account.AUDITOR);
          var statement = connection.createStatement();
          var rows = statement.executeQuery("select id from kept")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(42);
      }
    }
    for (Engine engine : Engine.values()) {
      assertThat(FreePorts.free(engine.port(base))).as("%s is stopped", engine).isTrue();
    }
  }

  private static Connection connect(Engines engines, Account account) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mariadb://"
            + engines.address(Engine.MARIADB)
            + "/lantern_order?sslMode=verify-full"
            + "&serverSslCert="
            + engines.pki().authority(),
        account.user(),
        engines.password(account));
  }
}
