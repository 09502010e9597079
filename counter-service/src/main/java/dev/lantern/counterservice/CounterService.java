package dev.lantern.counterservice;

import dev.lantern.common.v1.Lane;
import dev.lantern.common.v1.Reason;
import dev.lantern.counter.v1.AddRequest;
import dev.lantern.counter.v1.AddResponse;
import dev.lantern.counter.v1.ClearCountersRequest;
import dev.lantern.counter.v1.ClearCountersResponse;
import dev.lantern.counter.v1.CounterServiceGrpc;
import dev.lantern.counter.v1.GetHealthRequest;
import dev.lantern.counter.v1.GetHealthResponse;
import dev.lantern.counter.v1.GetRequest;
import dev.lantern.counter.v1.GetResponse;
import dev.lantern.counter.v1.ListDriftsRequest;
import dev.lantern.counter.v1.ListDriftsResponse;
import dev.lantern.counter.v1.SetReadSourceRequest;
import dev.lantern.counter.v1.SetReadSourceResponse;
import dev.lantern.counter.v1.WatchRequest;
import dev.lantern.counter.v1.WatchResponse;
import dev.lantern.counter.v1.WriterTotal;
import dev.lantern.counterservice.counter.Choice;
import dev.lantern.counterservice.counter.CounterKey;
import dev.lantern.counterservice.counter.SlotTotal;
import dev.lantern.counterservice.read.CounterReader;
import dev.lantern.counterservice.read.Found;
import dev.lantern.counterservice.read.Watchers;
import dev.lantern.counterservice.replica.ReplicaUnavailableException;
import dev.lantern.counterservice.write.Added;
import dev.lantern.counterservice.write.Adder;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.runtime.identity.RequestContext;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The contract's adapter: proto to domain and back.
final class CounterService extends CounterServiceGrpc.CounterServiceImplBase {

  private static final Logger log = LoggerFactory.getLogger(CounterService.class);

  /// Kept of a call's deadline for the answer to travel.
  private static final Duration FOR_THE_ANSWER = Duration.ofMillis(50);

  /// How long the first reads of all that is watched may take together.
  private static final Duration WATCH_PATIENCE = Duration.ofSeconds(1);

  private final Adder adder;
  private final CounterReader reader;
  private final Watchers watchers;
  private final Operations operations;
  private final Trials trials;
  private final CounterMeters meters;

  CounterService(
      Adder adder,
      CounterReader reader,
      Watchers watchers,
      Operations operations,
      Trials trials,
      CounterMeters meters) {
    this.adder = adder;
    this.reader = reader;
    this.watchers = watchers;
    this.operations = operations;
    this.trials = trials;
    this.meters = meters;
  }

  @Override
  public void add(AddRequest request, StreamObserver<AddResponse> answer) {
    int lane = lane(request.getLane());
    requireOwn(request.getTotalsList());
    List<SlotTotal> totals =
        request.getTotalsList().stream().map(total -> slot(lane, total)).toList();
    int replicas =
        switch (adder.add(totals)) {
          case Added.By by -> by.replicas();
          case Added.Refused refused -> throw refused(refused);
          case Added.Nowhere _ ->
              throw down("no Redis took it; the same report again is safe", "counters-add");
        };
    meters.taken(totals.size());
    answer.onNext(AddResponse.newBuilder().setReplicasCount(replicas).build());
    answer.onCompleted();
  }

  private static void requireOwn(List<WriterTotal> totals) {
    String caller = RequestContext.current().caller().name();
    for (int i = 0; i < totals.size(); i++) {
      if (!Access.mayCount(caller, totals.get(i).getName())) {
        throw Refused.of(Reason.REASON_FORBIDDEN, "what was booked is told by order-center alone")
            .field("totals[" + i + "]")
            .rule("counters-of-bookings");
      }
    }
  }

  @Override
  public void get(GetRequest request, StreamObserver<GetResponse> answer) {
    var counter = new CounterKey(lane(RequestContext.current().lane()), request.getName());
    Found.Value found =
        switch (reader.get(counter, request.getAtLeast(), patience())) {
          case Found.Value value -> value;
          case Found.Nothing _ ->
              throw Refused.of(Reason.REASON_NOT_FOUND, "no counter has this name").field("name");
          case Found.Unreachable _ -> throw down("the counter cannot be read", "counters-read");
          case Found.Behind _ ->
              throw down("the counter has not come up to at_least here", "counters-at-least")
                  .field("at_least");
          case Found.Crowded _ ->
              throw Refused.of(Reason.REASON_LIMITED, "too many readers wait for Redis")
                  .rule("counters-waiting");
        };
    answer.onNext(CounterMessages.proto(found));
    answer.onCompleted();
  }

  @Override
  public void watch(WatchRequest request, StreamObserver<WatchResponse> answer) {
    int lane = lane(RequestContext.current().lane());
    Set<CounterKey> counters =
        request.getNamesList().stream()
            .map(name -> new CounterKey(lane, name))
            .collect(Collectors.toUnmodifiableSet());
    var call = (ServerCallStreamObserver<WatchResponse>) answer;
    if (watchers.isFull()) {
      throw crowded();
    }
    look(counters);
    var stream = new CounterStream(call);
    call.setOnCancelHandler(() -> watchers.remove(stream));
    if (!watchers.add(counters, stream)) {
      throw crowded();
    }
  }

  /// Reads for the first time what was never read. What is not found in time is looked for by the
  /// polls.
  private void look(Set<CounterKey> counters) {
    long until = System.nanoTime() + WATCH_PATIENCE.toNanos();
    for (CounterKey counter : counters) {
      Duration left = Duration.ofNanos(until - System.nanoTime());
      if (!left.isPositive()) {
        return;
      }
      var _ = reader.get(counter, 0, left);
    }
  }

  private static Refused crowded() {
    return Refused.of(Reason.REASON_LIMITED, "as many watch as there may be")
        .rule("counters-watchers");
  }

  @Override
  public void setReadSource(
      SetReadSourceRequest request, StreamObserver<SetReadSourceResponse> answer) {
    Choice.Kind kind =
        switch (request.getSource()) {
          case READ_SOURCE_AUTO -> Choice.Kind.AUTO;
          case READ_SOURCE_A -> Choice.Kind.A;
          case READ_SOURCE_B -> Choice.Kind.B;
          case READ_SOURCE_UNSPECIFIED, UNRECOGNIZED ->
              throw Refused.of(Reason.REASON_INVALID_FIELD, "there is no such source")
                  .field("source");
        };
    String caller = RequestContext.current().caller().name();
    String said = "%s, %s: %s".formatted(caller, request.getRequestId(), request.getReason());
    SetReadSourceResponse response = operations.choose(kind, said);
    if (response.getReplicasCount() == 0) {
      throw down("no Redis took it; the same request again is safe", "counters-source");
    }
    log.info("read source {} chosen by {}", kind, said);
    answer.onNext(response);
    answer.onCompleted();
  }

  @Override
  public void getHealth(GetHealthRequest request, StreamObserver<GetHealthResponse> answer) {
    answer.onNext(operations.health());
    answer.onCompleted();
  }

  @Override
  public void listDrifts(ListDriftsRequest request, StreamObserver<ListDriftsResponse> answer) {
    int lane = lane(request.getLane());
    try {
      answer.onNext(operations.drifts(lane, request.getPageToken(), request.getPageSize()));
      answer.onCompleted();
    } catch (ReplicaUnavailableException e) {
      throw down("a Redis does not answer", "counters-drifts");
    }
  }

  @Override
  public void clearCounters(
      ClearCountersRequest request, StreamObserver<ClearCountersResponse> answer) {
    if (request.getLane() != Lane.LANE_STRESS) {
      throw Refused.of(Reason.REASON_INVALID_FIELD, "only trials' counters are cleared")
          .field("lane");
    }
    try {
      long before = trials.count();
      if (!request.getDryRun()) {
        trials.clear();
        log.info(
            "{} counters of trials cleared for {}, {}: {}",
            before,
            RequestContext.current().caller(),
            request.getRequestId(),
            request.getReason());
      }
      answer.onNext(
          ClearCountersResponse.newBuilder()
              .setBeforeCount(before)
              .setAfterCount(trials.count())
              .build());
      answer.onCompleted();
    } catch (ReplicaUnavailableException e) {
      throw down("a Redis does not answer; the same request again is safe", "counters-clear");
    }
  }

  private static SlotTotal slot(int lane, WriterTotal total) {
    return SlotTotal.of(
            new CounterKey(lane, total.getName()),
            total.getWriter(),
            total.getEpoch(),
            total.getTotal())
        .sampledAt(total.getSampledMicros());
  }

  private static int lane(Lane lane) {
    return switch (lane) {
      case LANE_LIVE, LANE_STRESS -> lane.getNumber();
      case LANE_UNSPECIFIED, UNRECOGNIZED ->
          throw Refused.of(Reason.REASON_INVALID_FIELD, "there is no such lane").field("lane");
    };
  }

  private static Refused refused(Added.Refused refused) {
    String rule = "counters-" + refused.why().name().toLowerCase(Locale.ROOT).replace('_', '-');
    String text =
        switch (refused.why()) {
          case TOO_MANY_COUNTERS -> "the lane has as many counters as it may";
          case TOO_MANY_SLOTS -> "the counter has as many writers and epochs as it may";
          case OVERFLOW -> "the sum would pass 64 bits";
          case YES -> throw new IllegalStateException("taken, not refused");
        };
    return Refused.of(Reason.REASON_INVALID_FIELD, text)
        .field("totals[" + refused.index() + "]")
        .rule(rule);
  }

  private static Refused down(String text, String rule) {
    return Refused.of(Reason.REASON_DEPENDENCY_DOWN, text).dependency("redis").rule(rule);
  }

  /// What is left of the call's deadline; every unary call has one.
  private static Duration patience() {
    @Nullable Deadline deadline = Context.current().getDeadline();
    if (deadline == null) {
      return Duration.ZERO;
    }
    Duration left = Duration.ofNanos(deadline.timeRemaining(TimeUnit.NANOSECONDS));
    Duration usable = left.minus(FOR_THE_ANSWER);
    return usable.isNegative() ? Duration.ZERO : usable;
  }
}
