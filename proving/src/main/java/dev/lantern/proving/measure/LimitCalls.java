package dev.lantern.proving.measure;

import dev.lantern.proving.place.Operator;
import dev.lantern.proving.place.StackAccess.Address;
import dev.lantern.proving.place.StackAccess.OperatorTls;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitServiceGrpc;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Asks a limiter as Envoy does: one call a decision, over few connections.
final class LimitCalls implements AutoCloseable {
  static final String HOT = "bench-hot";
  static final String COLD = "bench-cold";
  private static final Duration SERVES_WITHIN = Duration.ofMinutes(1);
  private static final Load.Outcome ALLOWED = Load.Outcome.good(1);
  private static final RateLimitRequest THE_HOT_ONE =
      request(RateLimitDescriptor.newBuilder().addEntries(rule(HOT)));

  private final List<Operator> operators;
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicLong users;

  /// @param firstUser so that no two sides, nor two runs, meet the same key
  LimitCalls(Address address, OperatorTls tls, long firstUser) {
    this.operators = BenchRound.operators(address, tls, "ratelimit");
    this.users = new AtomicLong(firstUser);
  }

  /// The same key each time.
  void hot(Load.Ending ending) {
    ask(THE_HOT_ONE, ending);
  }

  /// A new key each time.
  void cold(Load.Ending ending) {
    ask(cold(), ending);
  }

  /// Waits until a new key is decided.
  void awaitServing(BooleanSupplier alive, String log) {
    long end = System.nanoTime() + SERVES_WITHIN.toNanos();
    while (!answers()) {
      if (!alive.getAsBoolean() || System.nanoTime() - end > 0) {
        throw new IllegalStateException("a limiter does not serve; see " + log);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  private boolean answers() {
    try {
      return judge(
              RateLimitServiceGrpc.newBlockingStub(operators.getFirst().channel())
                  .withDeadlineAfter(1, TimeUnit.SECONDS)
                  .shouldRateLimit(cold()))
          .equals(ALLOWED);
    } catch (StatusRuntimeException e) {
      return false;
    }
  }

  private RateLimitRequest cold() {
    return request(
        RateLimitDescriptor.newBuilder()
            .addEntries(rule(COLD))
            .addEntries(user(Long.toString(users.getAndIncrement()))));
  }

  /// Asks for a key of a rule.
  ///
  /// @param users the key's own part; none: one key for all
  void ask(String rule, List<String> users, StreamObserver<RateLimitResponse> answer) {
    var descriptor = RateLimitDescriptor.newBuilder().addEntries(rule(rule));
    users.forEach(user -> descriptor.addEntries(user(user)));
    ask(request(descriptor), answer);
  }

  private void ask(RateLimitRequest request, Load.Ending ending) {
    ask(request, Load.hearing(ending, LimitCalls::judge, 1));
  }

  private void ask(RateLimitRequest request, StreamObserver<RateLimitResponse> answer) {
    Operator one = operators.get(Math.floorMod(turn.getAndIncrement(), operators.size()));
    RateLimitServiceGrpc.newStub(one.channel())
        .withDeadlineAfter(BenchRound.DEADLINE_S, TimeUnit.SECONDS)
        .shouldRateLimit(request, answer);
  }

  /// A decision that counted: one without a limit is a call that nobody counted.
  private static Load.Outcome judge(RateLimitResponse answer) {
    if (answer.getOverallCode() != RateLimitResponse.Code.OK) {
      return Load.Outcome.bad(1, "OVER_LIMIT");
    }
    return answer.getStatusesCount() == 1 && answer.getStatuses(0).hasCurrentLimit()
        ? ALLOWED
        : Load.Outcome.bad(1, "NO_LIMIT");
  }

  private static RateLimitRequest request(RateLimitDescriptor.Builder descriptor) {
    return RateLimitRequest.newBuilder().setDomain("lantern").addDescriptors(descriptor).build();
  }

  private static RateLimitDescriptor.Entry rule(String id) {
    return RateLimitDescriptor.Entry.newBuilder().setKey("rule").setValue(id).build();
  }

  private static RateLimitDescriptor.Entry user(String name) {
    return RateLimitDescriptor.Entry.newBuilder().setKey("user").setValue(name).build();
  }

  @Override
  public void close() {
    operators.forEach(Operator::close);
  }
}
