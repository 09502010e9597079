package dev.lantern.proving.clientlog;

/// Why a client called: what it was up to, and so what it may expect.
public enum Intent {
  /// A user's own grab of a round that is open to it; the first try of it.
  FIRST,
  /// The same grab again after a refusal or a lost answer.
  AGAIN,
  /// A second, simultaneous call for the same grab.
  TWIN,
  /// The same grab again after it was accepted.
  REPEAT,
  /// An accepted grab of an earlier round, after that round closed.
  REPLAY,
  /// After the rounds: what became of a grab whose answer never arrived?
  FIND_OUT,
  /// A grab before its round opens.
  EARLY,
  /// A first grab of a round that is over.
  LATE,
  UNDECLARED_ROUND,
  UNDECLARED_SCENE,
  UNKNOWN_ACTIVITY,
  /// A round whose audience the user is not in.
  NOT_ELIGIBLE,
  /// Somebody else's order.
  FOREIGN_ORDER,
  NO_SESSION,
  FORGED_SESSION,
  EXPIRED_SESSION,
  /// A field that breaks its rule: an id with `_`, a control character, a number out of range.
  BAD_FIELD,
  /// A body that is no message at all.
  MALFORMED,
  OVERSIZE,
  UNKNOWN_PATH,
  WRONG_METHOD,
  /// A forged, expired or unknown app's assertion.
  BAD_ASSERTION,
  /// An honest look at the user's own wallet, flows or order, or at a counter.
  LOOK,
  /// The same look after everything has drained.
  FINAL_LOOK,
  /// Opening the user's session.
  OPEN;

  /// Whether the call claims a reward that its user is entitled to.
  public boolean claimsReward() {
    return switch (this) {
      case FIRST, AGAIN, TWIN, REPEAT, REPLAY, FIND_OUT -> true;
      case EARLY,
          LATE,
          UNDECLARED_ROUND,
          UNDECLARED_SCENE,
          UNKNOWN_ACTIVITY,
          NOT_ELIGIBLE,
          FOREIGN_ORDER,
          NO_SESSION,
          FORGED_SESSION,
          EXPIRED_SESSION,
          BAD_FIELD,
          MALFORMED,
          OVERSIZE,
          UNKNOWN_PATH,
          WRONG_METHOD,
          BAD_ASSERTION,
          LOOK,
          FINAL_LOOK,
          OPEN ->
          false;
    };
  }

  /// Whether the call must be refused, whatever the state of the system.
  public boolean mustBeRefused() {
    return switch (this) {
      case EARLY,
          LATE,
          UNDECLARED_ROUND,
          UNDECLARED_SCENE,
          UNKNOWN_ACTIVITY,
          NOT_ELIGIBLE,
          FOREIGN_ORDER,
          NO_SESSION,
          FORGED_SESSION,
          EXPIRED_SESSION,
          BAD_FIELD,
          MALFORMED,
          OVERSIZE,
          UNKNOWN_PATH,
          WRONG_METHOD,
          BAD_ASSERTION ->
          true;
      case FIRST, AGAIN, TWIN, REPEAT, REPLAY, FIND_OUT, LOOK, FINAL_LOOK, OPEN -> false;
    };
  }
}
