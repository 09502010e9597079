package dev.lantern.ordercenter.present;

/// Why nothing is owed for a token that is signed by us; the words of the contract.
public enum Objection {
  /// What is signed holds no order.
  MALFORMED,
  /// Somebody else's.
  WRONG_USER,
  /// Its order number names another stage than its child activity has.
  OTHER_STAGE,
  /// No campaign gives that.
  UNDECLARED
}
