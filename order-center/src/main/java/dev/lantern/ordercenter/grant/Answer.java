package dev.lantern.ordercenter.grant;

import java.time.Duration;
import java.util.Optional;

/// What came of asking a downstream: the contract's vocabulary, and what the network adds to it.
public sealed interface Answer {
  /// The user has it.
  record Granted(String reference) implements Answer {}

  /// Not done, and it will not be by this call.
  ///
  /// @param after not before so long; empty: whenever it suits
  record Retry(Optional<Duration> after, String detail) implements Answer {}

  /// Refused for good: REJECTED or SOLD_OUT. The only answer that is compensated.
  record Refused(String detail) implements Answer {}

  /// It may have been done, or may be yet: the downstream says so, or nothing was heard in time, or
  /// what was heard is no answer.
  record Unknown(String detail) implements Answer {}

  /// The downstream knows no such grant *now*: a call may still be under way to it.
  record NotFound() implements Answer {}
}
