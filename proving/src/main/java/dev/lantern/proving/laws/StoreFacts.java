package dev.lantern.proving.laws;

import java.util.List;

/// One parent activity's rows, read by an auditor in one consistent snapshot. States are the
/// schema's numbers.
public record StoreFacts(
    String parentId,
    boolean applied,
    List<OrderRow> orders,
    List<ConflictRow> conflicts,
    List<PostingRow> postings,
    List<BalanceRow> balances,
    List<PlatformRow> platform,
    List<BudgetRow> budgets,
    List<LeaseRow> leases,
    List<LeaseBookedRow> leaseBooked,
    List<ReleaseRow> releases,
    List<GrantRow> grants) {

  /// Of an activity that gives no things.
  public StoreFacts(
      String parentId,
      boolean applied,
      List<OrderRow> orders,
      List<ConflictRow> conflicts,
      List<PostingRow> postings,
      List<BalanceRow> balances,
      List<PlatformRow> platform,
      List<BudgetRow> budgets,
      List<LeaseRow> leases,
      List<LeaseBookedRow> leaseBooked,
      List<ReleaseRow> releases) {
    this(
        parentId,
        applied,
        orders,
        conflicts,
        postings,
        balances,
        platform,
        budgets,
        leases,
        leaseBooked,
        releases,
        List.of());
  }

  public static final int RETRYING = 3;
  public static final int PARKED = 4;
  public static final int GRANTING = 5;
  public static final int BOOKED = 8;
  public static final int DISCARDED = 9;
  public static final int LEASE_CLOSED = 4;
  public static final int GRANT_REFUSED = 3;
  private static final int FIRST_THING = 3;
  private static final int LAST_THING = 13;

  /// What an award takes of its budget: one of a thing, fen of money.
  private static long units(int givenType, long amountFen, String budgetId) {
    boolean thing = givenType >= FIRST_THING && givenType <= LAST_THING;
    return thing && !budgetId.isEmpty() ? 1 : amountFen;
  }

  /// A row of `orders`.
  public record OrderRow(
      long actId,
      String orderNo,
      String childId,
      int stage,
      String sceneId,
      int rainId,
      int awardType,
      int givenType,
      boolean fallback,
      long amountFen,
      String budgetId,
      long countedLeaseId,
      int partition,
      int state,
      String parkReason) {
    public boolean booked() {
      return state == BOOKED;
    }

    public boolean waiting() {
      return state == PARKED || state == RETRYING;
    }

    /// In the books, its downstream still to be heard.
    public boolean granting() {
      return state == GRANTING;
    }

    /// Promised, but no lease counts it: its unit was released, and an operator must find one.
    public boolean uncounted() {
      return waiting() && countedLeaseId == 0;
    }

    public long units() {
      return StoreFacts.units(givenType, amountFen, budgetId);
    }
  }

  /// A row of `conflicts`.
  public record ConflictRow(
      long actId,
      String orderNo,
      String reason,
      int givenType,
      long amountFen,
      String budgetId,
      long countedLeaseId,
      int partition,
      int state) {
    public long units() {
      return StoreFacts.units(givenType, amountFen, budgetId);
    }

    /// Booked by an operator beside the order of its number.
    public boolean paid() {
      return state == BOOKED;
    }
  }

  /// A row of `postings`.
  public record PostingRow(
      long actId,
      String postingId,
      String childId,
      int purse,
      String debitAccount,
      String creditAccount,
      long amountFen,
      String orderNo) {}

  /// A row of `balances`.
  public record BalanceRow(
      long actId, String childId, int purse, long bookedFen, long heldFen, long incomeFen) {}

  /// The sub-accounts of one platform account, summed.
  public record PlatformRow(String account, long amountFen, long entries) {}

  /// A row of `budgets`.
  public record BudgetRow(String budgetId, long total, long free) {}

  /// A row of `budget_leases`.
  public record LeaseRow(long leaseId, String budgetId, String holder, long slice, int state) {
    public boolean closed() {
      return state == LEASE_CLOSED;
    }
  }

  /// A row of `lease_booked`.
  public record LeaseBookedRow(long leaseId, int partition, long booked, boolean fenced) {}

  /// A row of `grants`.
  public record GrantRow(
      String orderNo,
      int step,
      String budgetId,
      long leaseId,
      int partition,
      long units,
      int state) {
    public boolean refused() {
      return state == GRANT_REFUSED;
    }
  }

  /// A row of `releases`.
  public record ReleaseRow(String orderNo, String budgetId, long amount) {}
}
