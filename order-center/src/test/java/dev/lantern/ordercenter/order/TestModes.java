package dev.lantern.ordercenter.order;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.queue.LogName;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// The mode a test says.
final class TestModes implements Modes {
  static final LogName INBOX = LogName.inbox(Lane.LANE_LIVE, 8);
  static final LogName DIRECT = LogName.direct(Lane.LANE_LIVE, 8);

  private volatile Supplier<Optional<Mode>> mode;
  private volatile boolean silenceIsProof = true;

  TestModes(Supplier<Optional<LogName>> topic) {
    this.mode = () -> topic.get().map(log -> new Mode(true, log));
  }

  void set(boolean claims, LogName log) {
    mode = () -> Optional.of(new Mode(claims, log));
  }

  void none() {
    mode = Optional::empty;
  }

  void silenceIsProof(boolean now) {
    silenceIsProof = now;
  }

  @Override
  public Optional<Mode> choose(AcceptRequest request) {
    return mode.get();
  }

  @Override
  public boolean trustsSilence(Instant roundOpens) {
    return silenceIsProof;
  }
}
