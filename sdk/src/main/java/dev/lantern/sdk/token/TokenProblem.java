package dev.lantern.sdk.token;

/// Why a token does not hold, in the order of the checks; the words VerifyTokens uses, too.
public enum TokenProblem {
  /// No key of that id: it was never ours, or the key list is old.
  UNKNOWN_KEY,
  /// A key of another purpose or lane.
  WRONG_PURPOSE,
  /// Not a signature by that key over these bytes.
  BAD_SIGNATURE,
  /// No proof of a kind this verifier knows, or a signed payload that is no token.
  MALFORMED
}
