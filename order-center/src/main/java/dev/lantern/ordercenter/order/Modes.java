package dev.lantern.ordercenter.order;

import java.time.Instant;
import java.util.Optional;

/// Which way orders are taken at this moment, and what may be concluded from Redis. Answers from
/// memory.
public interface Modes {
  /// The mode for this order; empty while there is none: an instance that has just lost Redis takes
  /// nothing until every other one knows.
  Optional<Mode> choose(AcceptRequest request);

  /// Whether in rounds that opened then Redis' silence on a number proves that nobody accepted it.
  /// Not while some instance accepts without claims, or may do so.
  boolean trustsSilence(Instant roundOpens);
}
