package dev.lantern.ordercenter.budget;

/// The name of a budget lease: made by its holder, positive, never reused. 0 on the wire and in
/// rows means that no budget was needed; it is not a lease.
public record LeaseId(long value) {
  /// What records and rows carry where no budget is needed.
  public static final long NONE = 0;

  public LeaseId {
    if (value <= 0) {
      throw new IllegalArgumentException("a lease id is positive: " + value);
    }
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
