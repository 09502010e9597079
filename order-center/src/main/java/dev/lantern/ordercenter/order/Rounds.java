package dev.lantern.ordercenter.order;

import java.time.Instant;

/// Finds what a request's round offers, in the campaign tree that is in effect.
@FunctionalInterface
public interface Rounds {
  Resolution resolve(Ask ask, Instant now);

  /// What was found.
  sealed interface Resolution {
    /// The round and what it offers; `request.refusal` may still speak against it.
    record Resolved(AcceptRequest request, String billText) implements Resolution {}

    /// There is no such round to ask for: no order of it can exist either.
    record Unresolved(Refusal refusal) implements Resolution {}
  }
}
