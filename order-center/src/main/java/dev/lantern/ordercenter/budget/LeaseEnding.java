package dev.lantern.ordercenter.budget;

import dev.lantern.ordercenter.operator.OperatorRequest;

/// Ends leases because an operator wants it (L4, L7). Throws
/// [dev.lantern.stores.sql.StoreException].
public interface LeaseEnding {
  /// Marks every open lease of a budget CLOSING; with `presentation` it also ends the presentation
  /// window of those that are FROZEN now. One transaction, once however often it is asked for.
  Ended end(OperatorRequest request, String budgetId, boolean presentation);

  /// How many leases of a budget are not closed now.
  Left left(String budgetId);

  /// What came of it.
  sealed interface Ended {
    /// It is done, at once or earlier.
    ///
    /// @param marked leases that were OPEN
    /// @param windows FROZEN leases whose window was ended
    record Done(int marked, int windows) implements Ended {}

    /// The request's id was used for another one.
    record Reused() implements Ended {}
  }

  /// What is not closed.
  ///
  /// @param frozen those among them whose window nobody has ended
  record Left(int unclosed, int frozen) {}
}
