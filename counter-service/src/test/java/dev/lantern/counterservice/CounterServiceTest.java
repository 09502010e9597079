package dev.lantern.counterservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lantern.common.v1.Lane;
import dev.lantern.counter.v1.AddRequest;
import dev.lantern.counter.v1.AddResponse;
import dev.lantern.counter.v1.ClearCountersRequest;
import dev.lantern.counter.v1.CounterServiceGrpc;
import dev.lantern.counter.v1.CounterServiceGrpc.CounterServiceBlockingStub;
import dev.lantern.counter.v1.Drift;
import dev.lantern.counter.v1.GetHealthRequest;
import dev.lantern.counter.v1.GetHealthResponse;
import dev.lantern.counter.v1.GetRequest;
import dev.lantern.counter.v1.GetResponse;
import dev.lantern.counter.v1.ListDriftsRequest;
import dev.lantern.counter.v1.ListDriftsResponse;
import dev.lantern.counter.v1.ReadSource;
import dev.lantern.counter.v1.RedisHealth;
import dev.lantern.counter.v1.RedisStanding;
import dev.lantern.counter.v1.SetReadSourceRequest;
import dev.lantern.counter.v1.WatchRequest;
import dev.lantern.counter.v1.WatchResponse;
import dev.lantern.counter.v1.WriterTotal;
import dev.lantern.counterservice.counter.ReadSwitch;
import dev.lantern.counterservice.counter.Source;
import dev.lantern.counterservice.read.AbsentCounters;
import dev.lantern.counterservice.read.CounterBoard;
import dev.lantern.counterservice.read.CounterReader;
import dev.lantern.counterservice.read.CounterReader.ReadBounds;
import dev.lantern.counterservice.read.PollSignal;
import dev.lantern.counterservice.read.Poller;
import dev.lantern.counterservice.read.Watchers;
import dev.lantern.counterservice.repair.Drifts;
import dev.lantern.counterservice.repair.Repairer;
import dev.lantern.counterservice.replica.CounterReplica.Limits;
import dev.lantern.counterservice.replica.MemoryReplica;
import dev.lantern.counterservice.replica.Replicas;
import dev.lantern.counterservice.replica.WatchedReplica;
import dev.lantern.counterservice.write.Adder;
import dev.lantern.runtime.telemetry.Telemetry;
import io.grpc.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CounterServiceTest {

  private static final String OPENED = "spring-demo.opened";

  private final MemoryReplica a = new MemoryReplica(this::micros);
  private final MemoryReplica b = new MemoryReplica(this::micros);
  private final Replicas replicas =
      new Replicas(new WatchedReplica(Source.A, a), new WatchedReplica(Source.B, b));
  private final CounterBoard board = new CounterBoard(Duration.ofSeconds(2));
  private final PollSignal signal = new PollSignal();
  private Instant now = Instant.parse("2027-01-01T12:00:00.5Z");
  private final Watchers watchers = new Watchers(board, () -> now, 2);
  private final Poller poller =
      new Poller(replicas, board, signal, () -> now, ReadSwitch.home(2, 3), watchers);
  private final Repairer repairer =
      new Repairer(replicas, List.of(1, 2), Duration.ofMinutes(1), () -> now);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Telemetry telemetry = Telemetry.quiet("counter-service-test");
  private final InProcess server = InProcess.start(service());

  @AfterEach
  void close() {
    server.close();
    telemetry.close();
    threads.close();
  }

  @Test
  void added_isRead_withItsTimeAndSource() {
    assertThat(add(total("settle:cost:0", 1, 5), total("settle:cost:1", 1, 7)).getReplicasCount())
        .isEqualTo(2);

    GetResponse got = get(OPENED);

    assertThat(got.getValue()).isEqualTo(12);
    assertThat(got.getShownValue()).isEqualTo(12);
    assertThat(got.getSource()).isEqualTo("A");
    assertThat(got.getAsOfTime().getSeconds()).isEqualTo(now.getEpochSecond());
    assertThat(got.getAsOfTime().getNanos()).isEqualTo(500_000_000);
  }

  @Test
  void oneRedisGone_isStillTaken() {
    b.cut();

    assertThat(add(total("w", 1, 5)).getReplicasCount()).isEqualTo(1);
    assertThat(get(OPENED).getValue()).isEqualTo(5);
  }

  @Test
  void bothRedisGone_addIsDependencyDown() {
    a.cut();
    b.cut();

    var info = Refusals.of(() -> add(total("w", 1, 5)));

    assertThat(info.getReason()).isEqualTo("DEPENDENCY_DOWN");
    assertThat(info.getMetadataMap()).containsEntry("dependency", "redis");
  }

  @Test
  void bothRedisGone_neverReadIsDependencyDown_readBeforeIsServed() {
    add(total("w", 1, 5));
    get(OPENED);
    a.cut();
    b.cut();

    assertThat(get(OPENED).getValue()).isEqualTo(5);
    assertThat(Refusals.of(() -> get("spring-demo.fen")).getReason()).isEqualTo("DEPENDENCY_DOWN");
  }

  @Test
  void unknownCounter_isNotFound() {
    var info = Refusals.of(() -> get("spring-demo.never"));

    assertThat(info.getReason()).isEqualTo("NOT_FOUND");
    assertThat(info.getMetadataMap()).containsEntry("field", "name");
  }

  @Test
  void atLeast_notReachedInTime_isDependencyDown_ratherThanLess() {
    add(total("w", 1, 5));

    var info =
        Refusals.of(() ->
            as("operator")
                .withDeadlineAfter(400, TimeUnit.MILLISECONDS)
                .get(GetRequest.newBuilder().setName(OPENED).setAtLeast(6).build()));

    assertThat(info.getReason()).isEqualTo("DEPENDENCY_DOWN");
    assertThat(info.getMetadataMap()).containsEntry("field", "at_least");
  }

  @Test
  void lanes_doNotSeeEachOther() {
    add(total("w", 1, 5));
    as("order-center")
        .add(
            AddRequest.newBuilder()
                .setLane(Lane.LANE_STRESS)
                .addTotals(total("w", 1, 900))
                .build());

    GetRequest request = GetRequest.newBuilder().setName(OPENED).build();
    var live = CounterServiceGrpc.newBlockingStub(server.channelOf("envoy-edge"));
    var stress =
        CounterServiceGrpc.newBlockingStub(
            server.channelOf("envoy-edge", Map.of("x-lane", "stress")));

    assertThat(live.get(request).getValue()).isEqualTo(5);
    assertThat(stress.get(request).getValue()).isEqualTo(900);
  }

  @Test
  void shownValue_movesOnBetweenPolls_andNeverBack() {
    add(total("w", 1, 100_000));
    get(OPENED);
    for (int i = 1; i <= 10; i++) {
      now = now.plusSeconds(1);
      add(total("w", 1, 100_000 + 200 * i));
      poller.round();
    }
    now = now.plusMillis(500);
    GetResponse moved = get(OPENED);
    assertThat(moved.getValue()).isEqualTo(102_000);
    assertThat(moved.getShownValue()).isBetween(102_090L, 102_100L);
    assertThat(moved.getRise()).isEqualTo(200);

    now = now.plusMillis(500);
    poller.round();

    assertThat(get(OPENED).getShownValue()).isGreaterThanOrEqualTo(moved.getShownValue());
  }

  @Test
  void boundsOfWriters_areRefusedByName() {
    add(total("w1", 1, 1), total("w2", 1, 1), total("w3", 1, 1));

    var info = Refusals.of(() -> add(total("w1", 1, 9), total("w4", 1, 1)));

    assertThat(info.getReason()).isEqualTo("INVALID_FIELD");
    assertThat(info.getMetadataMap())
        .containsEntry("field", "totals[1]")
        .containsEntry("rule", "counters-too-many-slots");
    assertThat(get(OPENED).getValue()).isEqualTo(11);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wallet-api", "token-service", "control-plane", "operator", "envoy-edge"})
  void add_byAnyoneButOrderCenter_isForbidden(String caller) {
    AddRequest request =
        AddRequest.newBuilder().setLane(Lane.LANE_LIVE).addTotals(total("w", 1, 1)).build();

    assertThat(Refusals.of(() -> as(caller).add(request)).getReason()).isEqualTo("FORBIDDEN");
    assertThat(a.counters(1)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"opened", "fen"})
  void whatWasBooked_isToldByOrderCenterAlone_ofItsWriters(String what) {
    WriterTotal theirs = total("w", 1, 5).toBuilder().setName("spring-demo.shared").build();
    WriterTotal booked = theirs.toBuilder().setName("spring-demo." + what).build();
    var both = AddRequest.newBuilder().setLane(Lane.LANE_LIVE).addTotals(theirs).addTotals(booked);

    var info = Refusals.of(() -> as("upstream").add(both.build()));

    assertThat(info.getReason()).isEqualTo("FORBIDDEN");
    assertThat(info.getMetadataMap()).containsEntry("field", "totals[1]");
    assertThat(a.counters(1)).isEmpty();
    var own = AddRequest.newBuilder().setLane(Lane.LANE_LIVE).addTotals(theirs).build();
    assertThat(as("upstream").add(own).getReplicasCount()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Spring.opened", "spring", "spring.", ".opened", "a.b.c", "spring.opened}x"})
  void badNames_areRefused(String name) {
    var info = Refusals.of(() -> get(name));

    assertThat(info.getReason()).isEqualTo("INVALID_FIELD");
    assertThat(info.getMetadataMap()).containsEntry("field", "name");
  }

  @Test
  void badReports_areRefused() {
    assertThat(Refusals.of(() -> add()).getReason()).isEqualTo("INVALID_FIELD");
    assertThat(Refusals.of(() -> add(total("w", 1, -1))).getReason()).isEqualTo("INVALID_FIELD");
    assertThat(Refusals.of(() -> add(total("w", -1, 1))).getReason()).isEqualTo("INVALID_FIELD");
    assertThat(Refusals.of(() -> add(total("W#", 1, 1))).getReason()).isEqualTo("INVALID_FIELD");
    var many = Collections.nCopies(501, total("w", 1, 1)).toArray(new WriterTotal[0]);
    assertThat(Refusals.of(() -> add(many)).getReason()).isEqualTo("INVALID_FIELD");
  }

  @Test
  void clearCounters_ofTrials_leavesNoneOfThemAndAllOthers() {
    add(total("w", 1, 5));
    var _ =
        as("order-center")
            .add(
                AddRequest.newBuilder()
                    .setLane(Lane.LANE_STRESS)
                    .addTotals(total("w", 1, 7))
                    .build());

    var cleared = as("operator").clearCounters(clearing(Lane.LANE_STRESS).build());
    var again = as("operator").clearCounters(clearing(Lane.LANE_STRESS).build());

    assertThat(cleared.getBeforeCount()).isEqualTo(2);
    assertThat(cleared.getAfterCount()).isZero();
    assertThat(again.getBeforeCount()).isZero();
    assertThat(replicas.a().counters(Lane.LANE_LIVE_VALUE)).hasSize(1);
    assertThat(replicas.b().counters(Lane.LANE_LIVE_VALUE)).hasSize(1);
  }

  @Test
  void clearCounters_ofTheLiveLaneOrByOthers_isRefused() {
    assertThat(
            Refusals.of(() -> as("operator").clearCounters(clearing(Lane.LANE_LIVE).build()))
                .getReason())
        .isEqualTo("INVALID_FIELD");
    assertThat(
            Refusals.of(() -> as("order-center").clearCounters(clearing(Lane.LANE_STRESS).build()))
                .getReason())
        .isEqualTo("FORBIDDEN");
  }

  @Test
  void watch_tellsWhatIsKnown_thenWhatRises_andNothingElse() {
    add(total("w", 1, 5));
    Iterator<WatchResponse> news = watch("operator", OPENED, "spring-demo.fen");

    assertThat(news.next().getCountersList())
        .singleElement()
        .satisfies(level -> {
          assertThat(level.getName()).isEqualTo(OPENED);
          assertThat(level.getValue()).isEqualTo(5);
          assertThat(level.getSource()).isEqualTo("A");
        });
    poller.round();
    add(total("w", 1, 9));
    poller.round();
    assertThat(news.next().getCounters(0).getValue()).isEqualTo(9);
  }

  @Test
  void watch_ofACounterNobodyHasWritten_tellsItOnceItIsThere() {
    Iterator<WatchResponse> news = watch("operator", OPENED);
    assertThat(news.next().getCountersList()).isEmpty();

    add(total("w", 1, 3));
    poller.round();

    assertThat(news.next().getCounters(0).getValue()).isEqualTo(3);
  }

  @Test
  void watch_pastItsLimit_isLimited_andARoomIsFreeOnceOneHasGone() {
    add(total("w", 1, 5));
    Context.CancellableContext first = Context.current().withCancellation();
    first.run(() -> watch("operator", OPENED).next());
    watch("operator", OPENED).next();

    assertThat(Refusals.of(() -> watch("operator", OPENED).next()).getReason())
        .isEqualTo("LIMITED");

    first.cancel(null);
    awaitWatchers(1);
    assertThat(watch("operator", OPENED).next().getCountersCount()).isEqualTo(1);
  }

  @Test
  void watch_ofMany_withBothRedisGone_isInTouchAsSoonAsOfOne() {
    a.cut();
    b.cut();
    String[] names =
        IntStream.range(0, 20)
            .mapToObj(i -> "spring-%d.opened".formatted(i))
            .toArray(String[]::new);
    var request = WatchRequest.newBuilder().addAllNames(List.of(names)).build();

    var news = as("operator").withDeadlineAfter(4, TimeUnit.SECONDS).watch(request);

    assertThat(news.next().getCountersList()).isEmpty();
  }

  @Test
  void watch_byClients_isForbidden() {
    assertThat(Refusals.of(() -> watch("envoy-edge", OPENED).next()).getReason())
        .isEqualTo("FORBIDDEN");
  }

  @Test
  void readSource_chosen_isReadFromTheNextPollOn_withoutGoingBack() {
    add(total("w", 1, 5));
    get(OPENED);
    b.restartEmpty();

    var answer = as("operator").setReadSource(choosing(ReadSource.READ_SOURCE_B));
    poller.round();
    poller.round();

    assertThat(answer.getBefore()).isEqualTo(ReadSource.READ_SOURCE_AUTO);
    assertThat(answer.getAfter()).isEqualTo(ReadSource.READ_SOURCE_B);
    assertThat(answer.getReplicasCount()).isEqualTo(2);
    assertThat(health().getSource()).isEqualTo("B");
    assertThat(health().getChosen()).isEqualTo(ReadSource.READ_SOURCE_B);
    assertThat(health().getChosenBy()).isEqualTo("operator, r: a test");
    assertThat(health().getChosenTime().getSeconds()).isEqualTo(now.getEpochSecond());
    assertThat(get(OPENED).getValue()).isEqualTo(5);
  }

  @Test
  void readSource_withNoRedis_isDependencyDown() {
    a.cut();
    b.cut();

    assertThat(
            Refusals.of(() -> as("operator").setReadSource(choosing(ReadSource.READ_SOURCE_B)))
                .getReason())
        .isEqualTo("DEPENDENCY_DOWN");
    assertThat(health().getChosen()).isEqualTo(ReadSource.READ_SOURCE_AUTO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"order-center", "wallet-api", "envoy-edge"})
  void operations_byOthers_areForbidden(String caller) {
    var drifts = ListDriftsRequest.newBuilder().setLane(Lane.LANE_LIVE).build();
    var stub = as(caller);

    assertThat(
            Refusals.of(() -> stub.setReadSource(choosing(ReadSource.READ_SOURCE_B))).getReason())
        .isEqualTo("FORBIDDEN");
    assertThat(Refusals.of(() -> stub.listDrifts(drifts)).getReason()).isEqualTo("FORBIDDEN");
    assertThat(Refusals.of(() -> stub.getHealth(GetHealthRequest.getDefaultInstance())).getReason())
        .isEqualTo("FORBIDDEN");
  }

  @Test
  void health_saysHowBothStand() {
    add(total("w", 1, 5));
    b.cut();
    add(total("w", 1, 6));
    repairer.round();

    assertThat(health().getRedisList())
        .extracting(RedisHealth::getRedis, RedisHealth::getStanding)
        .containsExactly(
            tuple("A", RedisStanding.REDIS_STANDING_LACKING),
            tuple("B", RedisStanding.REDIS_STANDING_GONE));

    b.mend();
    repairer.round();

    assertThat(health().getRedisList())
        .extracting(RedisHealth::getStanding)
        .containsOnly(RedisStanding.REDIS_STANDING_WHOLE);
    assertThat(health().getRepairedSlotsCount()).isEqualTo(1);
  }

  @Test
  void drifts_tellWhatTheTwoRedisDifferBy_pageByPage_andNothingAfterRepair() {
    add(total("w", 1, 5));
    b.cut();
    add(total("w", 1, 8), total("v", 1, 2));
    add(WriterTotal.newBuilder(total("w", 1, 4)).setName("spring-demo.fen").build());
    b.mend();

    var first = drifts("", 1);
    var second = drifts(first.getNextPageToken(), 1);

    assertThat(first.getDrifts(0).getName()).isEqualTo("spring-demo.fen");
    assertThat(first.getDrifts(0).getDrift()).isEqualTo(4);
    assertThat(second.getDrifts(0).getName()).isEqualTo(OPENED);
    assertThat(second.getDrifts(0).getSumA()).isEqualTo(10);
    assertThat(second.getDrifts(0).getSumB()).isEqualTo(5);
    assertThat(second.getDrifts(0).getDue()).isEqualTo(10);
    assertThat(second.getDrifts(0).getDrift()).isEqualTo(5);

    repairer.round();

    assertThat(drifts("", 0).getDriftsList()).extracting(Drift::getDrift).containsOnly(0L);
  }

  @Test
  void drifts_whileARedisDoesNotAnswer_areDependencyDown() {
    add(total("w", 1, 5));
    a.cut();

    assertThat(Refusals.of(() -> drifts("", 0)).getReason()).isEqualTo("DEPENDENCY_DOWN");
  }

  private long micros() {
    return now.toEpochMilli() * 1_000;
  }

  private Iterator<WatchResponse> watch(String caller, String... names) {
    return as(caller).watch(WatchRequest.newBuilder().addAllNames(List.of(names)).build());
  }

  private void awaitWatchers(int count) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (watchers.count() > count) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private static SetReadSourceRequest choosing(ReadSource source) {
    return SetReadSourceRequest.newBuilder()
        .setSource(source)
        .setRequestId("r")
        .setReason("a test")
        .build();
  }

  private GetHealthResponse health() {
    return as("operator").getHealth(GetHealthRequest.getDefaultInstance());
  }

  private ListDriftsResponse drifts(String after, int size) {
    return as("operator")
        .listDrifts(
            ListDriftsRequest.newBuilder()
                .setLane(Lane.LANE_LIVE)
                .setPageToken(after)
                .setPageSize(size)
                .build());
  }

  private static ClearCountersRequest.Builder clearing(Lane lane) {
    return ClearCountersRequest.newBuilder().setLane(lane).setRequestId("r").setReason("a test");
  }

  private CounterService service() {
    return new CounterService(
        new Adder(replicas, new Limits(3, 3), threads),
        new CounterReader(
            replicas,
            board,
            signal,
            new AbsentCounters(10, Duration.ofSeconds(1)),
            () -> now,
            new ReadBounds(4, 4)),
        watchers,
        new Operations(replicas, poller, repairer, board, watchers, new Drifts(replicas)),
        new Trials(replicas),
        new CounterMeters(telemetry.meter(), replicas, poller, board, watchers));
  }

  private CounterServiceBlockingStub as(String caller) {
    return CounterServiceGrpc.newBlockingStub(server.channelOf(caller));
  }

  private AddResponse add(WriterTotal... totals) {
    return as("order-center")
        .add(AddRequest.newBuilder().setLane(Lane.LANE_LIVE).addAllTotals(List.of(totals)).build());
  }

  private GetResponse get(String name) {
    return as("operator").get(GetRequest.newBuilder().setName(name).build());
  }

  private static WriterTotal total(String writer, long epoch, long total) {
    return WriterTotal.newBuilder()
        .setName(OPENED)
        .setWriter(writer)
        .setEpoch(epoch)
        .setTotal(total)
        .build();
  }
}
