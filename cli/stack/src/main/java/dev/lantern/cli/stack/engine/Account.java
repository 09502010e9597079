package dev.lantern.cli.stack.engine;

import java.util.List;

/// The accounts of the database: one per service, each with the least it needs.
public enum Account {
  ORDER_CENTER("order_center"),
  /// Order-center's in the stress lane: no right on anything live.
  ORDER_CENTER_STRESS("order_center_stress"),
  WALLET_API("wallet_api"),
  TOKEN_SERVICE("token_service"),
  CONTROL_PLANE("control_plane"),
  /// Reads everything, writes nothing: what the law checks look through.
  AUDITOR("auditor");

  private final String user;

  Account(String user) {
    this.user = user;
  }

  public String user() {
    return user;
  }

  List<String> grants() {
    return switch (this) {
      case ORDER_CENTER -> List.of("all privileges on lantern_order.*");
      case ORDER_CENTER_STRESS -> List.of("all privileges on lantern_order_stress.*");
      case WALLET_API ->
          List.of(
              "select on lantern_order.*",
              "select on lantern_order_stress.*",
              "all privileges on lantern_wallet.*");
      case TOKEN_SERVICE -> List.of("all privileges on lantern_token.*");
      case CONTROL_PLANE -> List.of("all privileges on lantern_mesh.*");
      case AUDITOR ->
          List.of(
              "select on lantern_order.*",
              "select on lantern_order_stress.*",
              "select on lantern_wallet.*",
              "select on lantern_token.*",
              "select on lantern_mesh.*");
    };
  }

  /// The name under which its password is kept.
  String secret() {
    return "mysql-" + user;
  }
}
