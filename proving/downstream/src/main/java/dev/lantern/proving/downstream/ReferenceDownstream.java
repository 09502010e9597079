package dev.lantern.proving.downstream;

import com.google.protobuf.Duration;
import dev.lantern.downstream.v1.GetGrantRequest;
import dev.lantern.downstream.v1.GetGrantResponse;
import dev.lantern.downstream.v1.GrantRequest;
import dev.lantern.downstream.v1.GrantResponse;
import dev.lantern.downstream.v1.GrantResult;
import dev.lantern.downstream.v1.RewardDownstreamServiceGrpc;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// The contract, kept to the letter whatever the [Behaviour]: a definite answer is written down
/// before it is given, and is the answer for ever.
public final class ReferenceDownstream
    extends RewardDownstreamServiceGrpc.RewardDownstreamServiceImplBase {
  private final Journal journal;
  private final Supplier<Behaviour> behaviour;
  private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
  private final AtomicLong conflicts = new AtomicLong();

  /// A downstream over its journal.
  ///
  /// @param behaviour asked at every call
  public ReferenceDownstream(Journal journal, Supplier<Behaviour> behaviour) {
    this.journal = journal;
    this.behaviour = behaviour;
  }

  /// How often each grant was asked for in this life.
  public int callsFor(String grantId) {
    AtomicInteger count = calls.get(grantId);
    return count == null ? 0 : count.get();
  }

  /// Calls in this life.
  public long calls() {
    return calls.values().stream().mapToLong(AtomicInteger::get).sum();
  }

  /// How often a grant's id came with something else than before: the caller's defect.
  public long conflicts() {
    return conflicts.get();
  }

  @Override
  public void grant(GrantRequest request, StreamObserver<GrantResponse> reply) {
    Behaviour now = behaviour.get();
    String id = request.getGrantId();
    int nth = calls.computeIfAbsent(id, _ -> new AtomicInteger()).incrementAndGet();
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(now.delayMs()));
    switch (now.fateOf(id, nth)) {
      case FAIL -> reply.onError(Status.UNAVAILABLE.withDescription("on demand").asException());
      case LOSE -> {
        // Done, and never told: the caller's deadline ends the call.
        var _ = decide(now, request);
      }
      case RETRY -> answer(reply, retry());
      case ANSWER -> answer(reply, decide(now, request));
    }
  }

  @Override
  public void getGrant(GetGrantRequest request, StreamObserver<GetGrantResponse> reply) {
    journal
        .find(request.getGrantId())
        .ifPresentOrElse(
            entry ->
                answer(
                    reply,
                    GetGrantResponse.newBuilder()
                        .setResult(entry.result())
                        .setReference(entry.reference())
                        .build()),
            () -> reply.onError(Status.NOT_FOUND.asException()));
  }

  private GrantResponse decide(Behaviour now, GrantRequest request) {
    String what =
        request.getActId() + "/" + request.getAwardTypeValue() + "/" + request.getRewardId();
    Journal.Entry entry =
        journal.answer(request.getGrantId(), what, now.rejects(request.getGrantId()), now.stock());
    if (!entry.what().equals(what)) {
      conflicts.incrementAndGet();
    }
    return GrantResponse.newBuilder()
        .setResult(entry.result())
        .setReference(entry.reference())
        .build();
  }

  private static GrantResponse retry() {
    return GrantResponse.newBuilder()
        .setResult(GrantResult.GRANT_RESULT_RETRY)
        .setRetryAfter(Duration.newBuilder().setNanos(100_000_000))
        .build();
  }

  private static <T> void answer(StreamObserver<T> reply, T message) {
    reply.onNext(message);
    reply.onCompleted();
  }
}
