package dev.lantern.ordercenter.order;

import java.util.Optional;

/// What an order number can turn into: the main reward, or, when less than `thresholdPercent` of
/// its budget is left, the fallback. Amounts are drawn already, so the choice is all that is open.
///
/// @param thresholdPercent 0: the fallback is never given
public record Options(Outcome main, Optional<Outcome> fallback, int thresholdPercent) {}
