package dev.lantern.runtime.switches;

import dev.lantern.mesh.v1.ReportSwitchesRequest;
import dev.lantern.mesh.v1.SwitchServiceGrpc.SwitchServiceBlockingStub;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the control plane what is obeyed here and how busy it is: every second, and at once after
/// a change was taken. A report that does not arrive is no loss: the next one says all.
final class Reports implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Reports.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int MOST_PERCENT = 1000;

  private final SwitchServiceBlockingStub stub;
  private final String watcher;
  private final Supplier<OptionalInt> busyPercent;
  private final Supplier<SwitchState> state;
  private final InstantSource clock;
  private final Context.CancellableContext life;
  private final Semaphore taken;

  /// @param taken a permit for each change that was taken
  Reports(
      SwitchServiceBlockingStub stub,
      String watcher,
      Supplier<OptionalInt> busyPercent,
      Supplier<SwitchState> state,
      InstantSource clock,
      Context.CancellableContext life,
      Semaphore taken) {
    this.stub = stub;
    this.watcher = watcher;
    this.busyPercent = busyPercent;
    this.state = state;
    this.clock = clock;
    this.life = life;
    this.taken = taken;
  }

  @Override
  public void run() {
    try {
      while (!life.isCancelled()) {
        var _ = taken.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        taken.drainPermits();
        life.run(this::report);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void report() {
    SwitchState obeyed = state.get();
    var report =
        ReportSwitchesRequest.newBuilder()
            .setWatcher(watcher)
            .setRevision(obeyed.revision())
            .setDigest(obeyed.digest(clock.instant()));
    busyPercent
        .get()
        .ifPresent(percent -> report.setBusyPercent(Math.clamp(percent, 0, MOST_PERCENT)));
    try {
      var _ =
          stub.withDeadlineAfter(PAUSE.toMillis(), TimeUnit.MILLISECONDS)
              .reportSwitches(report.build());
    } catch (StatusRuntimeException e) {
      LOG.debug("the control plane did not take a report: {}", e.getStatus());
    }
  }
}
