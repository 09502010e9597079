package dev.lantern.controlplane.ratelimit.follow;

import dev.lantern.mesh.v1.LimitServiceGrpc;
import dev.lantern.mesh.v1.WatchLimitsRequest;
import dev.lantern.mesh.v1.WatchLimitsResponse;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the control plane for as long as it is open. While that is away the rules stay as they
/// are; it is looked for again after 0.2 s to 5 s.
public final class RuleStream implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RuleStream.class);

  // The control plane speaks every 3 s, and promises to every 10 s.
  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final long BACKOFF_LEAST_MILLIS = 200;
  private static final long BACKOFF_MOST_MILLIS = 5_000;

  private final LimitServiceGrpc.LimitServiceStub stub;
  private final KnownRules rules;
  private final RandomGenerator random;
  private final Context.CancellableContext life = Context.ROOT.withCancellation();
  private final Thread follower;

  private RuleStream(Channel controlPlane, KnownRules rules, RandomGenerator random) {
    this.stub = LimitServiceGrpc.newStub(controlPlane);
    this.rules = rules;
    this.random = random;
    this.follower = Thread.ofVirtual().name("limit-rules").unstarted(this::follow);
  }

  public static RuleStream follow(Channel controlPlane, KnownRules rules, RandomGenerator random) {
    var stream = new RuleStream(controlPlane, rules, random);
    stream.follower.start();
    return stream;
  }

  @Override
  public void close() {
    life.cancel(null);
    follower.interrupt();
    try {
      var _ = follower.join(Duration.ofSeconds(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() {
    long backoff = BACKOFF_LEAST_MILLIS;
    while (!life.isCancelled()) {
      boolean heard = listen();
      backoff = heard ? BACKOFF_LEAST_MILLIS : Math.min(2 * backoff, BACKOFF_MOST_MILLIS);
      try {
        TimeUnit.MILLISECONDS.sleep(random.nextLong(backoff / 2, backoff + 1));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /// One stream, from its start until it ends or falls silent; true when it said anything.
  private boolean listen() {
    BlockingQueue<Event> events = new ArrayBlockingQueue<>(16);
    Context.CancellableContext call = life.withCancellation();
    boolean heard = false;
    try {
      StreamObserver<WatchLimitsRequest> out = call.call(() -> stub.watchLimits(new Feed(events)));
      out.onNext(rules.standing());
      while (true) {
        Event event = events.poll(SILENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (event == null || event.told() == null) {
          LOG.info("out of touch with the control plane; the last known limits hold");
          return heard;
        }
        rules.told(event.told());
        out.onNext(rules.standing());
        heard = true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return heard;
    } catch (Exception e) {
      LOG.warn("following the control plane failed", e);
      return heard;
    } finally {
      call.cancel(null);
    }
  }

  /// What the stream said; null: it ended.
  private record Event(@Nullable WatchLimitsResponse told) {}

  private record Feed(BlockingQueue<Event> events) implements StreamObserver<WatchLimitsResponse> {
    @Override
    public void onNext(WatchLimitsResponse told) {
      // Each message is the whole truth: when the reader lags, the oldest may go.
      put(new Event(told));
    }

    @Override
    public void onError(Throwable failure) {
      put(new Event(null));
    }

    @Override
    public void onCompleted() {
      put(new Event(null));
    }

    private void put(Event event) {
      while (!events.offer(event)) {
        var _ = events.poll();
      }
    }
  }
}
