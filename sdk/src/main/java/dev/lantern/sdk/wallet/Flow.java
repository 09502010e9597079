package dev.lantern.sdk.wallet;

/// Money that came in, or was promised to.
///
/// @param position its place among the flows, for ever
/// @param amountFen more than 0
public record Flow(FlowPosition position, long amountFen, State state, String title) {
  public Flow {
    if (amountFen <= 0) {
      throw new IllegalArgumentException("a flow is of an amount");
    }
  }

  /// What became of it.
  public enum State {
    /// Promised, not in the ledger yet: outstanding, retried, parked, or an open conflict.
    PROCESSING,
    /// In the ledger.
    DONE,
    /// An operator ended it without effect.
    FAILED
  }
}
