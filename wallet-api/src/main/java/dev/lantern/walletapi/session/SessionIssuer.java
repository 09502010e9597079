package dev.lantern.walletapi.session;

import java.time.Instant;

/// Signs sessions; token-service does. Throws a [dev.lantern.runtime.errors.Refused] when it cannot
/// be reached in time.
@FunctionalInterface
public interface SessionIssuer {
  Session issue(long actId, int appId);

  /// A session JWT and its end.
  record Session(String jwt, Instant expires) {}
}
