package dev.lantern.cli.stack.engine;

import dev.lantern.cli.stack.part.Probe;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/// A real connection over TLS, verified against our CA, and a statement answered.
record MariaDbProbe(int port, String password, Path authority) implements Probe {
  @Override
  public boolean serves() {
    String url =
        "jdbc:mariadb://127.0.0.1:"
            + port
            + "/lantern_order?connectTimeout=1000&socketTimeout=2000&sslMode=verify-full"
            + "&serverSslCert="
            + authority;
    try (var connection = DriverManager.getConnection(url, Account.AUDITOR.user(), password);
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select 1")) {
      return rows.next();
    } catch (SQLException e) {
      return false;
    }
  }
}
