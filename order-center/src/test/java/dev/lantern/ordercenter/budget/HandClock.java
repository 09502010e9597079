package dev.lantern.ordercenter.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock set by hand: both of its faces move together unless a test parts them.
public final class HandClock implements Clock, InstantSource {
  public static final Instant START = Instant.parse("2027-01-01T12:00:00Z");

  private Moment now = new Moment(1_000_000_000L, START);

  @Override
  public synchronized Moment now() {
    return now;
  }

  @Override
  public Instant instant() {
    return now().wall();
  }

  /// Time passes.
  public synchronized void advance(Duration by) {
    now = new Moment(now.monotonicNanos() + by.toNanos(), now.wall().plus(by));
  }

  /// Somebody sets the wall clock; or, forwards, the machine was suspended.
  public synchronized void shiftWall(Duration by) {
    now = new Moment(now.monotonicNanos(), now.wall().plus(by));
  }
}
