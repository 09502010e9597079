package dev.lantern.proving.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.lantern.order.v1.AwardType;
import dev.lantern.order.v1.BatchIssueRewardsRequest;
import dev.lantern.order.v1.IssueRewardRequest;
import dev.lantern.order.v1.IssueRewardResponse;
import dev.lantern.order.v1.OrderServiceGrpc;
import dev.lantern.order.v1.OrderServiceGrpc.OrderServiceBlockingStub;
import dev.lantern.proving.place.Operator;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/// What a service may not ask of order-center, over mutual TLS past the edge: nothing of it is
/// taken, and the refusal says which field is to blame.
@Tag("e2e")
@ExtendWith(SharedStack.Running.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadInputE2eTest {
  private static final int NO_SUCH_TYPE = 77;
  private static final long OVER_THE_CONTRACT_FEN = 10_000_001;

  static final List<Arguments> BAD =
      Stream.concat(
              Stream.of(
                  bad("unknown enum value", "award_type", r -> r.setAwardTypeValue(NO_SUCH_TYPE)),
                  bad("no award type", "award_type", r -> r.clearAwardType()),
                  bad("negative amount", "amount_fen", r -> r.setAmountFen(-1)),
                  bad("most negative amount", "amount_fen", r -> r.setAmountFen(Long.MIN_VALUE)),
                  bad("overflowing amount", "amount_fen", r -> r.setAmountFen(Long.MAX_VALUE)),
                  bad("large amount", "amount_fen", r -> r.setAmountFen(OVER_THE_CONTRACT_FEN)),
                  bad("no time", "open_time", r -> r.setOpenTime(time(Long.MAX_VALUE))),
                  bad("time before all", "open_time", r -> r.setOpenTime(time(Long.MIN_VALUE))),
                  bad("nobody", "act_id", r -> r.setActId(0)),
                  bad("negative user", "act_id", r -> r.setActId(-7)),
                  bad("no app", "app_id", r -> r.setAppId(0)),
                  bad("negative round", "rain_id", r -> r.setRainId(-1)),
                  bad("request id with a space", "request_id", r -> r.setRequestId("a b"))),
              Stream.of("a_b", "a\u0001b", "a\nb", "A", "-a", "", "x".repeat(33), "ä")
                  .flatMap(id ->
                      Stream.of(
                          bad(
                              "scene " + id.codePoints().boxed().toList(),
                              "scene_id",
                              r -> r.setSceneId(id)),
                          bad(
                              "activity " + id.codePoints().boxed().toList(),
                              "activity_id",
                              r -> r.setActivityId(id)))))
          .toList();

  private OpenRound round;
  private OpenRound.Person person;
  private Operator operator;

  @BeforeAll
  void begin() {
    round = SharedStack.round();
    person = round.person("asked-for");
    operator = Operator.at(round.stack().orderApis().getFirst(), round.stack().operator());
  }

  @AfterAll
  void end() {
    operator.close();
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("BAD")
  void badField_isNamed_andChangesNothing(
      String name, String field, UnaryOperator<IssueRewardRequest.Builder> spoil) {
    ErrorInfo refused = refusal(spoil.apply(good(person)).build());
    assertThat(refused.getReason()).isEqualTo("INVALID_FIELD");
    assertThat(refused.getMetadataMap()).containsEntry("field", field);
    round.assertNothingOf(person);
  }

  @Test
  void whatTheSceneDoesNotAllow_isRefused_andChangesNothing() {
    assertThat(reason(r -> r.setAwardType(AwardType.AWARD_TYPE_PAYMENT_COUPON)))
        .isEqualTo("AWARD_TYPE_MISMATCH");
    assertThat(reason(r -> r.setAmountFen(OpenRound.CAP_FEN + 1))).isEqualTo("OVER_AMOUNT_CAP");
    assertThat(reason(r -> r.setOpenTime(time(1)))).isEqualTo("OPEN_TIME_SKEWED");
    assertThat(reason(r -> r.setRainId(Integer.MAX_VALUE))).isEqualTo("UNDECLARED_ROUND");
    round.assertNothingOf(person);
  }

  @Test
  void batch_withOneBadRequest_orTooMany_isRefusedAsAWhole() {
    var oneBad =
        BatchIssueRewardsRequest.newBuilder()
            .addRequests(good(person))
            .addRequests(good(person).setAmountFen(-1));
    ErrorInfo refused = info(failure(() -> stub().batchIssueRewards(oneBad.build())));
    assertThat(refused.getReason()).isEqualTo("INVALID_FIELD");
    assertThat(refused.getMetadataMap()).containsEntry("field", "requests[1].amount_fen");
    var many = BatchIssueRewardsRequest.newBuilder();
    for (int i = 0; i < 501; i++) {
      many.addRequests(good(person));
    }
    assertThat(info(failure(() -> stub().batchIssueRewards(many.build()))).getReason())
        .isEqualTo("INVALID_FIELD");
    round.assertNothingOf(person);
  }

  @Test
  void oversizedRequest_isTold_theLimit() {
    var large = good(person).setRequestId("x".repeat(70_000)).build();
    StatusRuntimeException refused = failure(() -> stub().issueReward(large));
    assertThat(info(refused).getReason()).isEqualTo("TOO_LARGE");
    assertThat(refused.getStatus().getDescription()).contains("65536");
    round.assertNothingOf(person);
  }

  /// Without this, everything above could be refused for another reason than the one it has.
  @Test
  void goodRequest_isAccepted_onceForAllItsRepetitions() {
    OpenRound.Person other = round.person("well-asked-for");
    IssueRewardRequest request = good(other).setAmountFen(OpenRound.CAP_FEN).build();
    IssueRewardResponse first = stub().issueReward(request);
    assertThat(first.getOrderNo()).isEqualTo(round.orderNo(other));
    assertThat(first.getReplayed()).isFalse();
    IssueRewardResponse again = stub().issueReward(request);
    assertThat(again.getReplayed()).isTrue();
    assertThat(again.getToken()).isEqualTo(first.getToken());
    var different = request.toBuilder().setAmountFen(OpenRound.CAP_FEN - 1).build();
    assertThat(refusal(different).getReason()).isEqualTo("ORDER_CONFLICT");
    assertThat(round.exactWallet(other).balanceFen()).isEqualTo(OpenRound.CAP_FEN);
  }

  private static Arguments bad(
      String name, String field, UnaryOperator<IssueRewardRequest.Builder> spoil) {
    return Arguments.of(name, field, spoil);
  }

  private static Timestamp time(long seconds) {
    return Timestamp.newBuilder().setSeconds(seconds).build();
  }

  private IssueRewardRequest.Builder good(OpenRound.Person who) {
    return IssueRewardRequest.newBuilder()
        .setActId(who.actId())
        .setAppId(1)
        .setActivityId(round.activityId())
        .setSceneId(round.sceneId())
        .setRainId(OpenRound.OPEN)
        .setAwardType(AwardType.AWARD_TYPE_CASH_RED_PACKET)
        .setRequestId("bad-input");
  }

  private String reason(UnaryOperator<IssueRewardRequest.Builder> spoil) {
    return refusal(spoil.apply(good(person)).build()).getReason();
  }

  private ErrorInfo refusal(IssueRewardRequest request) {
    return info(failure(() -> stub().issueReward(request)));
  }

  private OrderServiceBlockingStub stub() {
    return OrderServiceGrpc.newBlockingStub(operator.channel())
        .withDeadlineAfter(Duration.ofSeconds(5));
  }

  private static StatusRuntimeException failure(Runnable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call::run);
  }

  private static ErrorInfo info(StatusRuntimeException refused) {
    Status status = StatusProto.fromThrowable(refused);
    if (status == null) {
      throw new AssertionError("a refusal without details", refused);
    }
    try {
      for (Any detail : status.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          return detail.unpack(ErrorInfo.class);
        }
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
    throw new AssertionError("no ErrorInfo in " + status);
  }
}
