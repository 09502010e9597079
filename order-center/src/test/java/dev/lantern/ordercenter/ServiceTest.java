package dev.lantern.ordercenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lantern.common.v1.Reason;
import dev.lantern.order.v1.AwardType;
import dev.lantern.order.v1.BatchIssueRewardsRequest;
import dev.lantern.order.v1.BatchIssueRewardsResponse;
import dev.lantern.order.v1.GetOrderRequest;
import dev.lantern.order.v1.IssueRewardRequest;
import dev.lantern.order.v1.IssueRewardResult;
import dev.lantern.order.v1.Order;
import dev.lantern.order.v1.OrderServiceGrpc;
import dev.lantern.order.v1.OrderServiceGrpc.OrderServiceBlockingStub;
import dev.lantern.order.v1.OrderState;
import dev.lantern.play.v1.GrabRequest;
import dev.lantern.play.v1.GrabResponse;
import dev.lantern.play.v1.PlayServiceGrpc;
import dev.lantern.runtime.errors.Failures;
import dev.lantern.runtime.errors.Refused;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The contracts through the call chain: answers, refusals and their reasons.
final class ServiceTest {
  private static final String SCENE = ServiceUnderTest.ACTIVITY + "-rain";

  private final ServiceUnderTest service = new ServiceUnderTest(0);

  ServiceTest() throws IOException {}

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void grab_isTheSessionsUsers_andOpensWhenFirstCalled() {
    GrabResponse first = grab(5, grabRequest());
    service.world.clock.advance(Duration.ofSeconds(3));
    GrabResponse again = grab(5, grabRequest());

    assertThat(first.getOrderNo()).isEqualTo("5_" + SCENE + "_1_1_3");
    assertThat(first.getBillText()).isEqualTo("Red packet rain");
    assertThat(again).isEqualTo(first.toBuilder().setReplayed(true).build());
    assertThat(order("5_" + SCENE + "_1_1_3").getOpenTime().getSeconds())
        .isEqualTo(service.world.clock.instant().minusSeconds(3).getEpochSecond());
  }

  @Test
  void grab_byAProcess_isForbidden() {
    assertThat(
            reason(() ->
                PlayServiceGrpc.newBlockingStub(service.process("operator")).grab(grabRequest())))
        .isEqualTo(Reason.REASON_FORBIDDEN);
  }

  @Test
  void issue_byAUser_isForbidden() {
    assertThat(
            reason(() ->
                OrderServiceGrpc.newBlockingStub(service.user(5)).issueReward(issue(5).build())))
        .isEqualTo(Reason.REASON_FORBIDDEN);
  }

  @ParameterizedTest
  @CsvSource({
    "Service-test, service-test-rain, 1",
    "service-test, service_test_rain, 1",
    "service-test, service-test-rain, 0",
    "service-test, service-test-rain, -1",
  })
  void grab_withMalformedIds_namesTheField(String activity, String scene, int rain) {
    GrabRequest request =
        GrabRequest.newBuilder().setActivityId(activity).setSceneId(scene).setRainId(rain).build();
    Refused refused = refused(() -> grab(5, request));
    assertThat(refused.reason()).isEqualTo(Reason.REASON_INVALID_FIELD);
    assertThat(refused.metadata()).containsKey("field");
    assertThat(service.world.log.records()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"-1", "10000001"})
  void issue_withAnImpossibleAmount_isRefused(long fen) {
    assertThat(reason(() -> orders().issueReward(issue(5).setAmountFen(fen).build())))
        .isEqualTo(Reason.REASON_INVALID_FIELD);
  }

  @Test
  void issue_ofAnotherAwardType_isRefused() {
    IssueRewardRequest request = issue(5).setAwardType(AwardType.AWARD_TYPE_DRINK_COUPON).build();
    assertThat(reason(() -> orders().issueReward(request)))
        .isEqualTo(Reason.REASON_AWARD_TYPE_MISMATCH);
  }

  @Test
  void instance_thatIsNotSure_doesNotServe_evenReplays() {
    grab(5, grabRequest());
    service.sure(false);
    Refused refused = refused(() -> grab(5, grabRequest()));
    assertThat(refused.reason()).isEqualTo(Reason.REASON_NOT_SERVING);
    assertThat(refused.retryAfter()).isPresent();
  }

  @Test
  void grab_afterThePeriod_isRefused_butAReplayIsNot() {
    GrabResponse first = grab(5, grabRequest());
    service.world.clock.advance(Duration.ofSeconds(60));
    assertThat(reason(() -> grab(6, grabRequest()))).isEqualTo(Reason.REASON_ROUND_CLOSED);
    assertThat(grab(5, grabRequest()).getToken()).isEqualTo(first.getToken());
  }

  @Test
  void batch_answersEachItemByItself_inTheirOrder() {
    BatchIssueRewardsRequest.Builder request = BatchIssueRewardsRequest.newBuilder();
    for (long user = 1; user <= 60; user++) {
      request.addRequests(issue(user).setAmountFen(user % 3 == 0 ? 500 : 10));
    }
    request.addRequests(issue(61).setSceneId("nowhere"));
    request.addRequests(issue(1).setAmountFen(11));
    BatchIssueRewardsResponse response = orders().batchIssueRewards(request.build());

    assertThat(response.getResultsCount()).isEqualTo(62);
    for (int i = 1; i < 60; i++) {
      IssueRewardResult result = response.getResults(i);
      long user = i + 1L;
      if (user % 3 == 0) {
        assertThat(result.getRefused().getReason()).isEqualTo("OVER_AMOUNT_CAP");
        assertThat(result.getRefused().getRetryAfterMs()).isEqualTo(-1);
      } else {
        assertThat(result.getAccepted().getOrderNo()).startsWith(user + "_");
      }
    }
    assertThat(response.getResults(60).getRefused().getReason()).isEqualTo("UNDECLARED_ROUND");
    // One of the two for user 1 came first; the other conflicts.
    assertThat(response.getResults(0).hasAccepted())
        .isNotEqualTo(response.getResults(61).hasAccepted());
  }

  @Test
  void getOrder_ofNobody_isNotFound_onlyWhenCertain() {
    String orderNo = "9_" + SCENE + "_1_1_3";
    assertThat(reason(() -> order(orderNo))).isEqualTo(Reason.REASON_DEPENDENCY_DOWN);
    service.settledEpochs.add("first");
    assertThat(reason(() -> order(orderNo))).isEqualTo(Reason.REASON_NOT_FOUND);
    service.world.promises.lose();
    assertThat(reason(() -> order(orderNo))).isEqualTo(Reason.REASON_DEPENDENCY_DOWN);
    service.world.promises.failNext(1, false);
    assertThat(reason(() -> order(orderNo))).isEqualTo(Reason.REASON_DEPENDENCY_DOWN);
  }

  @Test
  void getOrder_isTheOwners() {
    grab(5, grabRequest());
    GetOrderRequest request =
        GetOrderRequest.newBuilder().setOrderNo("5_" + SCENE + "_1_1_3").build();
    assertThat(
            OrderServiceGrpc.newBlockingStub(service.user(5))
                .getOrder(request)
                .getOrder()
                .getState())
        .isEqualTo(OrderState.ORDER_STATE_PROCESSING);
    assertThat(reason(() -> OrderServiceGrpc.newBlockingStub(service.user(6)).getOrder(request)))
        .isEqualTo(Reason.REASON_NOT_YOURS);
  }

  @Test
  void getOrder_ofANumberThatIsNone_isInvalid() {
    for (String text : new String[] {"", "5", "05_a_1_1_3", "5_a_1_99_3", "5_a_01_1_3"}) {
      assertThat(reason(() -> order(text))).isEqualTo(Reason.REASON_INVALID_FIELD);
    }
  }

  @Test
  void drop_switch_turnsTheSameUsersAwayAtEveryCall() throws IOException {
    try (ServiceUnderTest dropping = new ServiceUnderTest(5_000)) {
      int dropped = 0;
      for (long user = 1; user <= 200; user++) {
        long actId = user;
        ThrowingCallable grab =
            () -> PlayServiceGrpc.newBlockingStub(dropping.user(actId)).grab(grabRequest());
        StatusRuntimeException first = catchThrowableOfType(StatusRuntimeException.class, grab);
        StatusRuntimeException again = catchThrowableOfType(StatusRuntimeException.class, grab);
        assertThat(again == null).isEqualTo(first == null);
        if (first != null) {
          assertThat(Failures.refusal(first).reason()).isEqualTo(Reason.REASON_DROPPED);
          assertThat(Failures.refusal(first).metadata()).containsEntry("rule", "play.grab.drop");
          assertThat(Failures.refusal(first).retryAfter()).isPresent();
          dropped++;
        }
      }
      assertThat(dropped).isBetween(60, 140);
    }
  }

  private GrabResponse grab(long actId, GrabRequest request) {
    return PlayServiceGrpc.newBlockingStub(service.user(actId)).grab(request);
  }

  private Order order(String orderNo) {
    return orders().getOrder(GetOrderRequest.newBuilder().setOrderNo(orderNo).build()).getOrder();
  }

  private OrderServiceBlockingStub orders() {
    return OrderServiceGrpc.newBlockingStub(service.process("operator"));
  }

  private static GrabRequest grabRequest() {
    return GrabRequest.newBuilder()
        .setActivityId(ServiceUnderTest.ACTIVITY)
        .setSceneId(SCENE)
        .setRainId(1)
        .build();
  }

  private static IssueRewardRequest.Builder issue(long actId) {
    return IssueRewardRequest.newBuilder()
        .setActId(actId)
        .setAppId(7)
        .setActivityId(ServiceUnderTest.ACTIVITY)
        .setSceneId(SCENE)
        .setRainId(1)
        .setAwardType(AwardType.AWARD_TYPE_CASH_RED_PACKET);
  }

  private static Refused refused(ThrowingCallable call) {
    return Failures.refusedBy(catchThrowableOfType(StatusRuntimeException.class, call))
        .orElseThrow();
  }

  private static Reason reason(ThrowingCallable call) {
    return refused(call).reason();
  }
}
