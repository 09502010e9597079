package dev.lantern.ordercenter.order;

/// One natural person, over all apps: positive, never reused, the first key of everything a user
/// owns.
public record ActId(long value) {
  public ActId {
    if (value <= 0) {
      throw new IllegalArgumentException("act_id must be positive: " + value);
    }
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
