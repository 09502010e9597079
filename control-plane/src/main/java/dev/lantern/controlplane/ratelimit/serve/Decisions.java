package dev.lantern.controlplane.ratelimit.serve;

import dev.lantern.common.v1.Reason;
import dev.lantern.controlplane.ratelimit.decide.Limiter;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.runtime.errors.StatusMapper;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitServiceGrpc;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// Envoy's contract: request to decision and back. Runs on the connection's own thread and never
/// blocks it; see [LimitServer].
///
/// What cannot be decided ends the call with an error, and Envoy, told to, lets it through: the
/// gateway's own backstop is in front of it.
public final class Decisions extends RateLimitServiceGrpc.RateLimitServiceImplBase {
  /// The domain of all our rules.
  public static final String DOMAIN = "lantern";

  static final int MOST_DESCRIPTORS = 16;
  private static final int MOST_UNDER_WAY = 20_000;
  private static final Comparator<Wanted> NARROW_FIRST =
      Comparator.comparing(one -> one.rule().rule().layer());

  private final ActiveRules rules;
  private final Limiter limiter;
  private final AtomicInteger underWay = new AtomicInteger();
  private final LongAdder unlimited = new LongAdder();
  private final LongAdder late = new LongAdder();

  public Decisions(ActiveRules rules, Limiter limiter) {
    this.rules = rules;
    this.limiter = limiter;
  }

  @Override
  public void shouldRateLimit(RateLimitRequest request, StreamObserver<RateLimitResponse> out) {
    int descriptors = request.getDescriptorsCount();
    if (descriptors > MOST_DESCRIPTORS) {
      refuse(
          out,
          Refused.of(Reason.REASON_INVALID_FIELD, "at most " + MOST_DESCRIPTORS + " descriptors")
              .field("descriptors"));
      return;
    }
    if (underWay.incrementAndGet() > MOST_UNDER_WAY) {
      underWay.decrementAndGet();
      refuse(out, Refused.of(Reason.REASON_LIMITED, "too many wait").rule("limiter-calls"));
      return;
    }
    if (out instanceof ServerCallStreamObserver<RateLimitResponse> call) {
      // Also what lets a verdict come after its caller has gone, instead of throwing at the teller.
      call.setOnCancelHandler(late::increment);
    }
    new Decision(limiter, wanted(request), descriptors, new Told(out)).begin();
  }

  /// Descriptors that no rule has, counted: a rule that Envoy knows and this process does not yet,
  /// or no longer.
  long unlimited() {
    return unlimited.sum();
  }

  /// Calls whose caller did not wait for the verdict; it let them through, or not, by itself.
  long late() {
    return late.sum();
  }

  int underWay() {
    return underWay.get();
  }

  private List<Wanted> wanted(RateLimitRequest request) {
    int descriptors = request.getDescriptorsCount();
    List<Wanted> wanted = new ArrayList<>(descriptors);
    if (request.getDomain().equals(DOMAIN)) {
      for (int i = 0; i < descriptors; i++) {
        Wanted one = Wanted.of(request, i, rules);
        if (one != null) {
          wanted.add(one);
        }
      }
    }
    if (wanted.size() < descriptors) {
      unlimited.add(descriptors - wanted.size());
    }
    if (wanted.size() > 1) {
      wanted.sort(NARROW_FIRST);
    }
    return wanted;
  }

  private static void refuse(StreamObserver<RateLimitResponse> out, Refused refused) {
    var answer = StatusMapper.answer(refused);
    out.onError(answer.status().asRuntimeException(answer.trailers()));
  }

  private final class Told implements Decision.Answer {
    private final StreamObserver<RateLimitResponse> out;

    Told(StreamObserver<RateLimitResponse> out) {
      this.out = out;
    }

    @Override
    public void decided(RateLimitResponse response) {
      underWay.decrementAndGet();
      out.onNext(response);
      out.onCompleted();
    }

    @Override
    public void unknown(ActiveRule rule) {
      underWay.decrementAndGet();
      refuse(
          out,
          Refused.of(Reason.REASON_DEPENDENCY_DOWN, "the count did not answer in time")
              .layer(rule.rule().layer().label())
              .rule(rule.rule().id())
              .dependency("redis"));
    }
  }
}
