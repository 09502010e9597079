package dev.lantern.sdk.token;

/// Why a token does not hold, in the order of the checks; the words VerifyTokens uses, too.
public enum TokenProblem {
  /// No key of that id: it was never ours, or the key list is old.
  UNKNOWN_KEY,
  /// The key was revoked: nothing that it signed holds.
  REVOKED_KEY,
  /// A key of another purpose or lane.
  WRONG_PURPOSE,
  /// The key's last token has ended.
  EXPIRED_KEY,
  /// Not a signature by that key over these bytes.
  BAD_SIGNATURE,
  /// No proof of a kind there is, one out of bounds, unknown or repeated fields, or a signed
  /// payload that is no token.
  MALFORMED,
  /// Its activity, scene or round was revoked for keys as old as this one.
  REVOKED_EPOCH,
  /// Somebody else's.
  WRONG_USER,
  /// Of an activity that does not count here.
  WRONG_ACTIVITY,
  /// Of a round that opens later.
  NOT_OPEN,
  /// Signed, but not in the signed-root log: by somebody else who has the key. Only token-service
  /// finds it.
  UNLOGGED
}
