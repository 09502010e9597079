package dev.lantern.ordercenter.reconcile;

import java.util.Arrays;

/// What can differ: the closed vocabulary of findings, numbered as the contract's `FindingClass`.
public enum Discrepancy {
  MISSING_ORDER(1, "pay it: `lantern reissue create --findings` takes all of these"),
  UNKNOWN_TO_UPSTREAM(2, "ask the upstream; if it never told its user, the wallet has"),
  AMOUNT_DIFFERS(3, "the ledger is what the user has; correct the upstream, or reissue the rest"),
  AWARD_DIFFERS(4, "the ledger is what the user has; correct what the upstream shows"),
  POSTING_MISSING(5, "stop settlement's release, find the writer, then book by hand with a second"),
  POSTING_DIFFERS(6, "find the writer; correct by a counter-posting with a second person"),
  DOUBLE_POSTING(7, "find the writer; take back by a counter-posting with a second person"),
  POSTING_UNEXPLAINED(8, "find the writer; money moved for no order"),
  BALANCE_DIFFERS(9, "the postings are right: set the balance to their sum, audited"),
  LEASE_SUM_DIFFERS(10, "compare the lease's orders; freeze the budget while it is not explained"),
  BUDGET_DIFFERS(11, "freeze the budget; compare its leases, releases and adjustments"),
  STALE_TOKEN(12, "look at settle.swept: the sweep does not come round"),
  STUCK_OUTSTANDING(13, "look at settlement's lag and pages; force the user's tokens"),
  CONFLICT_OPEN(14, "`lantern parked resolve`: pay the better promise or discard it"),
  PARKED_OPEN(15, "`lantern parked resume`, or resolve"),
  LOG_SHORTER(16, "the accept log lost records: compare manifests of its time, reissue"),
  LOG_STALLED(17, "no worker moves this partition: look at settle.pages and its owner"),
  GRANT_MISSING(18, "nobody is asked for this thing: ask its vendor, then discard and reissue"),
  GRANT_NOT_GIVEN(19, "the user was told to have it: have the vendor give it by the same grant id"),
  GRANT_UNRECORDED(20, "the vendor gave it: resume its order; a discarded one stays as given"),
  GRANT_TWICE(21, "two things for one order: take one back at the vendor, find the writer"),
  GRANT_COMPENSATED(22, "the vendor broke its refusal: take it back there, or charge the vendor"),
  RECORD_UNBOOKED(23, "accepted and not in the books: pay it by reissue, find the writer"),
  OVER_CEILING(24, "signing is halted: find who writes orders or has the key; then `RevokeKey`");

  private final int number;
  private final String remedy;

  Discrepancy(int number, String remedy) {
    this.number = number;
    this.remedy = remedy;
  }

  public int number() {
    return number;
  }

  /// What is usually done about it.
  public String remedy() {
    return remedy;
  }

  static Discrepancy of(int number) {
    return Arrays.stream(values())
        .filter(one -> one.number == number)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no class " + number));
  }
}
