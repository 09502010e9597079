package dev.lantern.cli.stack.engine;

import dev.lantern.cli.stack.home.Secrets;
import java.util.ArrayList;
import java.util.List;

/// The SQL that brings accounts and schemas to what they should be, harmless when they are already.
/// One statement a line, as the server's init file wants.
final class Accounts {
  static final String ROOT_SECRET = "mysql-root";

  private static final List<String> SCHEMAS =
      List.of(
          "lantern_order",
          "lantern_order_stress",
          "lantern_wallet",
          "lantern_token",
          "lantern_mesh");

  private Accounts() {}

  static String sql(Secrets secrets) {
    var lines = new ArrayList<String>();
    for (String schema : SCHEMAS) {
      lines.add(
          "create database if not exists " + schema + " character set utf8mb4 collate utf8mb4_bin");
    }
    account("root", secrets.of(ROOT_SECRET), lines);
    lines.add("grant all privileges on *.* to root@'%' with grant option");
    // What the installation made without passwords, reachable by the socket and from localhost.
    lines.add("drop user if exists root@localhost, root@'127.0.0.1', root@'::1'");
    lines.add("drop user if exists ''@localhost, ''@'127.0.0.1'");
    for (Account account : Account.values()) {
      account(account.user(), secrets.of(account.secret()), lines);
      for (String grant : account.grants()) {
        lines.add("grant " + grant + " to " + account.user() + "@'%'");
      }
    }
    return String.join(";\n", lines) + ";\n";
  }

  private static void account(String user, String password, List<String> lines) {
    lines.add("create user if not exists " + user + "@'%'");
    lines.add("alter user " + user + "@'%' identified by '" + password + "'");
  }
}
