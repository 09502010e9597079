package dev.lantern.ordercenter.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.common.v1.Lane;
import dev.lantern.common.v1.Reason;
import dev.lantern.ordercenter.order.AcceptBatch.Asked;
import dev.lantern.ordercenter.order.AcceptBatch.Way;
import dev.lantern.ordercenter.order.AcceptResult.Accepted;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Many orders that take the steps of accepting together.
final class AcceptBatchTest {
  private final AcceptWorld world = new AcceptWorld(true);
  private final AcceptWorld.Instance api = world.instance("api-1");

  AcceptBatchTest() {
    // A unit is at hand from here on.
    var _ = api.accept.accept(AcceptWorld.request(999));
  }

  @AfterEach
  void close() {
    api.close();
  }

  /// Each rule holds when the order comes in a batch.
  @Nested
  final class EachRule extends AcceptRules {
    EachRule() {
      super(new AcceptWorld(true));
    }
  }

  @Test
  void manyOrders_areAllAccepted_eachWithItsOwnToken() {
    List<AcceptResult> results = api.accept(requests(1, 200));
    assertThat(results).allSatisfy(it -> assertThat(it).isInstanceOf(Accepted.class));
    assertThat(results.stream().map(it -> ((Accepted) it).token().getPayload()))
        .doesNotHaveDuplicates();
    assertThat(world.log.records()).hasSize(201);
  }

  @Test
  void newOrders_takeTheCommonWay() {
    assertThat(ways(requests(1, 50)))
        .allSatisfy(way -> assertThat(way).isInstanceOf(Way.Told.class));
  }

  @Test
  void sameNumberTwice_isAcceptedOnce_andReplayedOnce() {
    AcceptRequest request = AcceptWorld.request(1);
    List<AcceptResult> results = api.accept(List.of(request, request));
    assertThat(results.stream().map(it -> ((Accepted) it).replayed())).containsExactly(false, true);
    assertThat(world.log.records()).hasSize(2);
  }

  @Test
  void sameNumberByAnotherRequest_isAConflict_andTheFirstStands() {
    List<AcceptResult> results =
        api.accept(List.of(AcceptWorld.withAmount(1, 10), AcceptWorld.withAmount(1, 11)));
    assertThat(results.getFirst()).isInstanceOf(Accepted.class);
    assertThat(((AcceptResult.Refused) results.getLast()).refusal().reason())
        .isEqualTo(Reason.REASON_ORDER_CONFLICT);
  }

  @Test
  void oneRefused_holdsUpNoOther() {
    List<AcceptResult> results =
        api.accept(
            List.of(
                AcceptWorld.request(1),
                AcceptWorld.refused(2, Reason.REASON_ROUND_CLOSED),
                AcceptWorld.request(3)));
    assertThat(results.get(0)).isInstanceOf(Accepted.class);
    assertThat(((AcceptResult.Refused) results.get(1)).refusal().reason())
        .isEqualTo(Reason.REASON_ROUND_CLOSED);
    assertThat(results.get(2)).isInstanceOf(Accepted.class);
  }

  @Test
  void lookFailing_failsAll_andTakesNothing() {
    long left = left();
    world.promises.failNext(1, false);
    assertThat(ways(requests(1, 3)))
        .allSatisfy(way -> assertThat(way).isInstanceOf(Way.Failed.class));
    assertThat(left()).isEqualTo(left);
  }

  @Test
  void signerDown_putsEveryUnitBack() {
    long left = left();
    world.canSign(false);
    assertThat(ways(requests(1, 3)))
        .allSatisfy(way -> assertThat(way).isInstanceOf(Way.Failed.class));
    assertThat(left()).isEqualTo(left);
    assertThat(world.log.records()).hasSize(1);
  }

  @Test
  void unknownAppend_keepsEveryUnitTaken_andTheRetryFindsTheSameOrders() {
    long left = left();
    world.log.fate(MemoryLog.Fate.KEPT_WITHOUT_WORD);
    assertThat(reasons(api.accept(requests(1, 3)))).containsOnly(Reason.REASON_OUTCOME_UNKNOWN);
    assertThat(left()).isEqualTo(left - 3 * AcceptWorld.MAIN.amount().value());
    world.log.fate(MemoryLog.Fate.ACKNOWLEDGED);
    assertThat(api.accept(requests(1, 3)))
        .allSatisfy(it -> assertThat(it).isInstanceOf(Accepted.class));
    assertThat(world.log.records().stream().map(it -> it.getOrderNo()).distinct()).hasSize(4);
  }

  @Test
  void deadlinePassingBeforeTheAnswer_isUnknownForAll_andWritesNoToken() {
    world.log.beforeAck(() -> world.clock.shiftWall(Duration.ofSeconds(9)));
    List<AcceptRequest> requests = requests(1, 4);
    assertThat(reasons(api.accept(requests))).containsOnly(Reason.REASON_OUTCOME_UNKNOWN);
    assertThat(requests)
        .allSatisfy(
            it -> assertThat(world.promises.look(Lane.LANE_LIVE, it.orderNo()).token()).isEmpty());
  }

  private List<Way> ways(List<AcceptRequest> requests) {
    return api.batch.accept(requests.stream().map(it -> new Asked(it, "")).toList());
  }

  private long left() {
    return api.leases.remaining("main").orElseThrow().left().value();
  }

  private static List<AcceptRequest> requests(long from, int count) {
    return LongStream.range(from, from + count).mapToObj(AcceptWorld::request).toList();
  }

  private static List<Reason> reasons(List<AcceptResult> results) {
    return results.stream().map(it -> ((AcceptResult.Refused) it).refusal().reason()).toList();
  }
}
