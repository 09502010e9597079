package dev.lantern.ordercenter.warm;

import com.google.protobuf.ByteString;
import dev.lantern.order.v1.WarmRequest;
import dev.lantern.order.v1.WarmResponse;
import dev.lantern.order.v1.WarmServiceGrpc;
import dev.lantern.runtime.identity.RequestContext;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `WarmService` of one instance.
public final class WarmService extends WarmServiceGrpc.WarmServiceImplBase {
  private static final Logger LOG = LoggerFactory.getLogger(WarmService.class);
  private static final Duration STEP_WITHIN = Duration.ofMillis(1500);

  /// As much as the contract's deadline leaves steps for.
  private static final int MOST_STEPS = 5;

  private final String instance;
  private final List<WarmStep> steps;
  private final Audit audit;

  /// Notes who warmed what, and why.
  @FunctionalInterface
  public interface Audit {
    void note(String requestId, String actor, String instance, String reason);
  }

  public WarmService(String instance, List<WarmStep> steps, Audit audit) {
    if (steps.size() > MOST_STEPS) {
      throw new IllegalArgumentException("too many steps for the call's deadline");
    }
    this.instance = instance;
    this.steps = List.copyOf(steps);
    this.audit = audit;
  }

  @Override
  public void warm(WarmRequest request, StreamObserver<WarmResponse> observer) {
    String actor = RequestContext.current().caller().toString();
    WarmResponse.Builder response = WarmResponse.newBuilder().setInstance(instance);
    for (WarmStep step : steps) {
      WarmStep.Done done = step.run(STEP_WITHIN);
      LOG.info(
          "warmed {}: first {} us, now {} us{}",
          done.name(),
          done.first().toNanos() / 1000,
          done.last().toNanos() / 1000,
          done.problem().map(problem -> ", " + problem).orElse(""));
      response.addSteps(message(done));
    }
    audit.note(request.getRequestId(), actor, instance, request.getReason());
    observer.onNext(response.build());
    observer.onCompleted();
  }

  private static dev.lantern.order.v1.WarmStep message(WarmStep.Done done) {
    return dev.lantern.order.v1.WarmStep.newBuilder()
        .setName(done.name())
        .setCount(done.count())
        .setFirst(duration(done.first()))
        .setLast(duration(done.last()))
        .setProblemBytes(ByteString.copyFromUtf8(done.problem().orElse("")))
        .build();
  }

  private static com.google.protobuf.Duration duration(Duration duration) {
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(duration.getSeconds())
        .setNanos(duration.getNano())
        .build();
  }
}
