package dev.lantern.simulation.kernel;

import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Moment;
import java.time.Duration;
import java.time.Instant;

/// A process's two clocks: a monotonic one with a rate of its own that stands still while its
/// machine sleeps, and a wall clock with a skew that may be set anew.
public final class LifeClock implements Clock {
  public static final Instant BEGIN = Instant.parse("2027-01-01T12:00:00Z");

  private final Baton baton;
  private final Life life;
  private final double rate;
  private Duration skew;

  /// @param rate of the monotonic clock, about 1
  public LifeClock(Baton baton, Life life, double rate, Duration skew) {
    this.baton = baton;
    this.life = life;
    this.rate = rate;
    this.skew = skew;
  }

  /// Somebody sets the wall clock.
  public void setSkew(Duration now) {
    skew = now;
  }

  @Override
  public Moment now() {
    long monotonic = (long) ((baton.now() - life.monotonicLost()) * rate);
    return new Moment(monotonic, BEGIN.plusNanos(baton.now()).plus(skew));
  }
}
