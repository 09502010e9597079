package dev.lantern.proving.rain;

import java.time.Duration;
import java.time.Instant;

/// One round to play.
///
/// @param window users begin within this time of the opening; the rest is for retries
/// @param insidersOnly whether only the allow-listed may play
public record RoundPlan(
    String sceneId,
    String childId,
    int rainId,
    Instant opens,
    Instant closes,
    Duration window,
    boolean insidersOnly) {}
