package dev.lantern.cli.command;

import com.google.protobuf.util.Timestamps;
import dev.lantern.order.v1.GetRunRequest;
import dev.lantern.order.v1.Run;
import dev.lantern.order.v1.RunReconciliationRequest;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `lantern reconcile run`.
@Command(
    name = "run",
    description = "Look at everything that is booked, or at one manifest, now.",
    mixinStandardHelpOptions = true)
final class RunReconciliationCommand implements Callable<Integer> {
  private static final Duration RUN_WITHIN = Duration.ofMinutes(10);

  private final Place place;

  @Option(names = "--manifest", defaultValue = "0", paramLabel = "ID")
  private long manifest;

  @Option(names = "--window", paramLabel = "TIME", converter = Span.class)
  private @Nullable Duration window;

  @Option(names = "--reason", defaultValue = "", paramLabel = "TEXT")
  private String reason = "";

  @Option(names = "--json")
  private boolean json;

  RunReconciliationCommand(Place place) {
    this.place = place;
  }

  @Override
  public Integer call() {
    try (var operator = OperatorChannel.toOrderCenter(place)) {
      var request =
          RunReconciliationRequest.newBuilder()
              .setRequestId(UUID.randomUUID().toString())
              .setReason(reason)
              .setManifestId(manifest);
      if (window != null) {
        request.setStartTime(Timestamps.fromMillis(System.currentTimeMillis() - window.toMillis()));
      }
      Run run = Findings.stub(operator).runReconciliation(request.build()).getRun();
      long until = System.nanoTime() + RUN_WITHIN.toNanos();
      while (!run.getDone()) {
        if (System.nanoTime() > until) {
          throw new IllegalStateException("run " + run.getRunId() + " is not done yet");
        }
        LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
        run =
            Findings.stub(operator)
                .getRun(GetRunRequest.newBuilder().setRunId(run.getRunId()).build())
                .getRun();
      }
      place
          .out()
          .println(
              json
                  ? Printed.json(run)
                  : run.getExaminedCount()
                      + " looked at, "
                      + run.getFoundCount()
                      + " differ, "
                      + run.getOpenedCount()
                      + " of them new.");
      return run.getFoundCount() == 0 ? ExitCode.OK : ExitCode.FAILED;
    }
  }
}
