package dev.lantern.ordercenter.budget;

/// A lease's life, as `budget_leases.state` holds it: OPEN may spend; CLOSING and FROZEN never get
/// more time; CLOSED has returned its rest.
public enum LeaseState {
  OPEN(1),
  CLOSING(2),
  FROZEN(3),
  CLOSED(4);

  private final int code;

  LeaseState(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /// The state that a row's code means.
  ///
  /// @throws IllegalArgumentException when the code is none of ours
  public static LeaseState of(int code) {
    for (LeaseState state : values()) {
      if (state.code == code) {
        return state;
      }
    }
    throw new IllegalArgumentException("no such lease state: " + code);
  }
}
