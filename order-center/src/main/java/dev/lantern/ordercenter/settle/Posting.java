package dev.lantern.ordercenter.settle;

import java.util.Comparator;

/// One movement of money from one account to another.
///
/// @param id unique in the user's ledger: the order number and its step
public record Posting(
    long actId,
    String id,
    String childActivityId,
    Purse purse,
    String debitAccount,
    String creditAccount,
    long amountFen,
    String orderNo) {
  /// The order in which rows are locked, everywhere.
  static final Comparator<Posting> BY_KEY =
      Comparator.comparingLong(Posting::actId).thenComparing(Posting::id);

  private static final String FIRST_STEP = "#1";

  public Posting {
    if (amountFen <= 0) {
      throw new IllegalArgumentException("a posting moves money: " + amountFen);
    }
  }

  /// An order's reward, from what its activity spends into its user's purse.
  static Posting ofReward(
      long actId, String orderNo, String childActivityId, Purse purse, long amountFen) {
    return new Posting(
        actId,
        orderNo + FIRST_STEP,
        childActivityId,
        purse,
        Accounts.cost(childActivityId),
        Accounts.purse(actId, childActivityId, purse),
        amountFen,
        orderNo);
  }

  /// A conflict that an operator pays, beside the order of its number.
  static Posting ofConflict(
      long actId,
      String orderNo,
      String conflictId,
      String childActivityId,
      Purse purse,
      long amountFen) {
    return new Posting(
        actId,
        orderNo + "!" + conflictId + FIRST_STEP,
        childActivityId,
        purse,
        Accounts.cost(childActivityId),
        Accounts.purse(actId, childActivityId, purse),
        amountFen,
        orderNo);
  }

  Account account() {
    return new Account(actId, childActivityId, purse);
  }

  /// A row of `balances`, ordered as rows are locked.
  public record Account(long actId, String childActivityId, Purse purse)
      implements Comparable<Account> {
    private static final Comparator<Account> ORDER =
        Comparator.comparingLong(Account::actId)
            .thenComparing(Account::childActivityId)
            .thenComparing(Account::purse);

    @Override
    public int compareTo(Account other) {
      return ORDER.compare(this, other);
    }
  }
}
