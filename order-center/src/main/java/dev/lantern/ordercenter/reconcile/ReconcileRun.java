package dev.lantern.ordercenter.reconcile;

import java.time.Instant;
import java.util.Optional;

/// A pass that an operator asked for: over what was booked after `from` and not after `to`, or over
/// one manifest.
///
/// @param manifestId 0: no manifest
/// @param position what was booked until then has been looked at
/// @param ended empty while it is under way
public record ReconcileRun(
    long id,
    Instant from,
    Instant to,
    long manifestId,
    Instant position,
    long examined,
    long found,
    long opened,
    Instant createdAt,
    Optional<Instant> ended) {}
