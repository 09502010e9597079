package dev.lantern.walletapi.session;

import java.time.Instant;

/// What became of an assertion that was presented.
public sealed interface Assertion {
  /// Signed by the app, in time, and whole; good once, by its `jti`.
  ///
  /// @param expires when it could no longer be presented, leeway included
  record Sound(AppUser user, String jti, Instant expires) implements Assertion {}

  /// Worth nothing.
  record Bad(Defect defect) implements Assertion {}

  /// What is wrong with an assertion, in the order of the checks. The names are told to callers:
  /// whoever can make an assertion may know why it was refused.
  enum Defect {
    /// Not three parts of canonical base64url, the first two flat JSON objects.
    MALFORMED,
    /// `alg` is not EdDSA, or the header asks for something we do not do.
    ALGORITHM,
    /// No app of that id.
    UNKNOWN_APP,
    /// Not signed by a key of that app.
    SIGNATURE,
    /// For somebody else.
    AUDIENCE,
    /// No `exp`, or it is over.
    EXPIRED,
    /// `exp` is further ahead than an assertion may live.
    TOO_LONG,
    /// `nbf` or `iat` lie ahead.
    NOT_YET,
    /// `sub` is not a user's id.
    SUBJECT,
    /// `jti` is not an id of its own.
    JTI,
    /// It was presented before.
    REPLAYED
  }
}
