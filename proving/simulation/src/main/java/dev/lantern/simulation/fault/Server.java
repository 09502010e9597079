package dev.lantern.simulation.fault;

import dev.lantern.common.v1.Reason;
import dev.lantern.counterservice.replica.ReplicaUnavailableException;
import dev.lantern.ordercenter.queue.AppendUnknownException;
import dev.lantern.ordercenter.queue.LogUnavailableException;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.stores.redis.RedisUnavailableException;
import dev.lantern.stores.sql.OutcomeUnknownException;
import dev.lantern.stores.sql.StoreUnavailableException;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/// What is at the other end of a wire, and how its driver tells of trouble.
public enum Server {
  MYSQL(Duration.ofMillis(3_500), Duration.ofSeconds(2), false),
  REDIS(Duration.ofMillis(500), Duration.ofSeconds(3), true),
  QUEUE(Duration.ofSeconds(1), Duration.ofSeconds(12), false),
  SIGNER(Duration.ofMillis(500), Duration.ofSeconds(1), false),
  /// The database that token-service keeps its signed-root log in.
  ROOTS(Duration.ofMillis(400), Duration.ofSeconds(2), false),
  COUNTERS(Duration.ofSeconds(1), Duration.ofSeconds(5), true),
  VENDOR(Duration.ofMillis(600), Duration.ofSeconds(6), true),
  /// The instances of counter-service, to who counts and reads.
  COUNTER_SERVICE(Duration.ofSeconds(1), Duration.ofSeconds(5), true),
  /// The two Redis that keep counters, to counter-service.
  COUNTERS_A(Duration.ofMillis(400), Duration.ofSeconds(3), true),
  COUNTERS_B(Duration.ofMillis(400), Duration.ofSeconds(3), true),
  /// A disk of the process's own machine: nothing is lost on the way, and nothing comes late.
  JOURNAL(Duration.ofSeconds(1), Duration.ofSeconds(1), false);

  private static final Set<Server> OF_COUNTING =
      EnumSet.of(COUNTER_SERVICE, COUNTERS_A, COUNTERS_B, JOURNAL);

  private final Duration patience;
  private final Duration latest;
  private final boolean resends;

  Server(Duration patience, Duration latest, boolean resends) {
    this.patience = patience;
    this.latest = latest;
    this.resends = resends;
  }

  /// After what time a caller gives up.
  Duration patience() {
    return patience;
  }

  /// How long after that a request under way may still be done.
  Duration latest() {
    return latest;
  }

  /// Whether the driver sends again by itself.
  boolean resends() {
    return resends;
  }

  /// Whether an answer may never come although the request did: who answers is a process.
  boolean mayNeverAnswer() {
    return this == COUNTER_SERVICE;
  }

  /// Whether no wire leads there.
  boolean isLocal() {
    return this == JOURNAL;
  }

  /// Whether only counters know it.
  public boolean isOfCounting() {
    return OF_COUNTING.contains(this);
  }

  /// What a caller gets when there is no answer.
  ///
  /// @param maybeDone a change was sent, and may have been made
  RuntimeException silence(String step, boolean maybeDone) {
    return switch (this) {
      case MYSQL, ROOTS ->
          maybeDone
              ? new OutcomeUnknownException(step, cause())
              : new StoreUnavailableException(step, null);
      case REDIS -> new RedisUnavailableException(step, null);
      case QUEUE ->
          step.startsWith("AcceptLog")
              ? new AppendUnknownException(step, cause())
              : new LogUnavailableException(step, cause());
      case SIGNER, COUNTERS, VENDOR -> Refused.of(Reason.REASON_DEPENDENCY_DOWN, step);
      case COUNTER_SERVICE ->
          (maybeDone ? Status.DEADLINE_EXCEEDED : Status.UNAVAILABLE).asRuntimeException();
      case COUNTERS_A, COUNTERS_B -> new ReplicaUnavailableException(step, cause());
      case JOURNAL -> new IllegalStateException("a disk answers");
    };
  }

  private static IOException cause() {
    return new IOException("simulated");
  }
}
