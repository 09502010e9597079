package dev.lantern.proving.rain;

import dev.lantern.proving.place.QueueLag;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;

/// Watches a rain from outside, twice a second, until closed.
final class Monitor implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMillis(500);

  private final Tally tally;
  private final QueueLag lag;
  private final Waits waits;
  private final Progress progress;
  private final AtomicReference<OptionalLong> lastLag = new AtomicReference<>(OptionalLong.empty());
  private final Thread ticker;
  private final Thread asker;

  Monitor(Tally tally, QueueLag lag, Waits waits, Progress progress) {
    this.tally = tally;
    this.lag = lag;
    this.waits = waits;
    this.progress = progress;
    this.ticker = Thread.ofVirtual().name("progress").start(this::tick);
    this.asker = Thread.ofVirtual().name("lag").start(this::ask);
  }

  private void tick() {
    long before = 0;
    while (!Thread.currentThread().isInterrupted()) {
      waits.sleep(EVERY);
      long accepted = tally.accepted();
      progress.tick(
          new Progress.Snapshot(
              Duration.ofNanos(waits.nanos().getAsLong()).toSeconds(),
              accepted,
              (accepted - before) * 2,
              tally.refusedByLayer(),
              tally.lost(),
              lastLag.get(),
              tally.counter()));
      before = accepted;
    }
  }

  private void ask() {
    while (!Thread.currentThread().isInterrupted()) {
      lastLag.set(lag.records());
      waits.sleep(EVERY.multipliedBy(2));
    }
  }

  @Override
  public void close() {
    ticker.interrupt();
    asker.interrupt();
  }
}
