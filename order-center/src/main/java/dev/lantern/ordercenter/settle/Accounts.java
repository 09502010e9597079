package dev.lantern.ordercenter.settle;

/// The ledger's account names. A posting moves money from one of these to another.
public final class Accounts {
  private Accounts() {}

  /// What a child activity has given away.
  public static String cost(String childActivityId) {
    return "cost:" + childActivityId;
  }

  /// One purse of one user in one child activity.
  public static String purse(long actId, String childActivityId, Purse purse) {
    return "user:" + actId + ":" + childActivityId + ":" + purse.number();
  }
}
