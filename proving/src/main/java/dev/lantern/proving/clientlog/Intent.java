package dev.lantern.proving.clientlog;

/// Why a client called: what it was up to, and so what it may expect.
public enum Intent {
  /// A user's own grab of a round that is open to it; the first try of it.
  FIRST(Due.REWARD),
  /// The same grab again after a refusal or a lost answer.
  AGAIN(Due.REWARD),
  /// A second, simultaneous call for the same grab.
  TWIN(Due.REWARD),
  /// The same grab again after it was accepted.
  REPEAT(Due.REWARD),
  /// An accepted grab of an earlier round, after that round closed.
  REPLAY(Due.REWARD),
  /// After the rounds: what became of a grab whose answer never arrived?
  FIND_OUT(Due.REWARD),
  /// A grab before its round opens.
  EARLY(Due.REFUSAL),
  /// A first grab of a round that is over.
  LATE(Due.REFUSAL),
  UNDECLARED_ROUND(Due.REFUSAL),
  UNDECLARED_SCENE(Due.REFUSAL),
  UNKNOWN_ACTIVITY(Due.REFUSAL),
  /// A round whose audience the user is not in.
  NOT_ELIGIBLE(Due.REFUSAL),
  /// Somebody else's order.
  FOREIGN_ORDER(Due.REFUSAL),
  NO_SESSION(Due.REFUSAL),
  FORGED_SESSION(Due.REFUSAL),
  EXPIRED_SESSION(Due.REFUSAL),
  /// A field that breaks its rule: an id with `_`, a control character, a number out of range.
  BAD_FIELD(Due.REFUSAL),
  /// A body that is no message at all.
  MALFORMED(Due.REFUSAL),
  OVERSIZE(Due.REFUSAL),
  UNKNOWN_PATH(Due.REFUSAL),
  WRONG_METHOD(Due.REFUSAL),
  /// A forged, expired or unknown app's assertion.
  BAD_ASSERTION(Due.REFUSAL),
  /// An honest look at the user's own wallet, flows or order, or at a counter.
  LOOK(Due.ANSWER),
  /// The same look after everything has drained.
  FINAL_LOOK(Due.ANSWER),
  /// Opening the user's session.
  OPEN(Due.ANSWER);

  private enum Due {
    /// A reward its user is entitled to.
    REWARD,
    /// A refusal, whatever the state of the system.
    REFUSAL,
    /// What was asked for.
    ANSWER
  }

  private final Due due;

  Intent(Due due) {
    this.due = due;
  }

  /// Whether the call claims a reward that its user is entitled to.
  public boolean claimsReward() {
    return due == Due.REWARD;
  }

  /// Whether the call must be refused, whatever the state of the system.
  public boolean mustBeRefused() {
    return due == Due.REFUSAL;
  }
}
