package dev.lantern.runtime.errors;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.lantern.common.v1.Reason;
import dev.lantern.stores.redis.RedisUnavailableException;
import dev.lantern.stores.sql.OutcomeUnknownException;
import dev.lantern.stores.sql.StoreUnavailableException;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatusMapperTest {

  @ParameterizedTest
  @EnumSource(value = Reason.class, mode = EnumSource.Mode.EXCLUDE, names = "UNRECOGNIZED")
  void answer_everyReason_agreesInAllItsPlaces(Reason reason) throws Exception {
    Refused refused = Refused.of(reason, "because").layer("budget").rule("r-1").with("extra", "x");
    StatusRuntimeException sent = sent(refused);
    // Throws when the code in the details is not the status's.
    var details = Objects.requireNonNull(StatusProto.fromThrowable(sent));
    assertThat(details.getCode()).isEqualTo(Reasons.code(reason).value());
    ErrorInfo info = info(details);
    assertThat("REASON_" + info.getReason()).isEqualTo(reason.name());
    assertThat(info.getDomain()).isEqualTo("lantern");
    assertThat(info.getMetadataMap())
        .containsEntry("layer", "budget")
        .containsEntry("rule", "r-1")
        .containsEntry("extra", "x");
    Metadata trailers = Objects.requireNonNull(sent.getTrailers());
    boolean retryable = Reasons.retryAfter(reason).isPresent();
    assertThat(trailers.get(StatusMapper.RETRY_AFTER) != null).isEqualTo(retryable);
    assertThat("-1".equals(trailers.get(StatusMapper.PUSHBACK))).isEqualTo(!retryable);
    assertThat(details.getDetailsList().stream().anyMatch(any -> any.is(RetryInfo.class)))
        .isEqualTo(retryable);
  }

  @Test
  void answer_withATimeToWait_saysItThreeTimes() throws Exception {
    Refused refused =
        Refused.of(Reason.REASON_ROUND_NOT_OPEN, "soon").retryAfter(Duration.ofMillis(1500));
    Metadata trailers = Objects.requireNonNull(sent(refused).getTrailers());
    assertThat(trailers.get(StatusMapper.RETRY_AFTER)).isEqualTo("2");
    assertThat(trailers.get(StatusMapper.PUSHBACK)).isEqualTo("1500");
    var details = StatusMapper.details(refused);
    assertThat(details.getDetails(1).unpack(RetryInfo.class).getRetryDelay())
        .isEqualTo(Durations.fromMillis(1500));
  }

  @Test
  void answer_toAnInvalidField_namesItInBadRequest() throws Exception {
    var details =
        StatusMapper.details(
            Refused.of(Reason.REASON_INVALID_FIELD, "must be positive")
                .violation("amount_fen", "must be positive")
                .violation("scene_id", "is missing"));
    assertThat(info(details).getMetadataMap()).containsEntry("field", "amount_fen");
    assertThat(details.getDetails(1).unpack(BadRequest.class).getFieldViolationsList())
        .extracting(BadRequest.FieldViolation::getField)
        .containsExactly("amount_fen", "scene_id");
  }

  @Test
  void failures_ofStores_areUnavailable() {
    assertThat(reason(new StoreUnavailableException("x", null)))
        .isEqualTo(Reason.REASON_DEPENDENCY_DOWN);
    assertThat(reason(new RedisUnavailableException("x", null)))
        .isEqualTo(Reason.REASON_DEPENDENCY_DOWN);
    assertThat(reason(new OutcomeUnknownException("x", new IllegalStateException())))
        .isEqualTo(Reason.REASON_OUTCOME_UNKNOWN);
  }

  @Test
  void failures_unexpected_areInternalAndTellNothing() {
    Refused refused = Failures.refusal(new IllegalStateException("password is hunter2"));
    assertThat(refused.reason()).isEqualTo(Reason.REASON_INTERNAL);
    assertThat(StatusMapper.details(refused).toString()).doesNotContain("hunter2");
  }

  @Test
  void failures_refusalOfAnotherService_passesThroughUnlessItBlamesUs() {
    Refused soldOut =
        Refused.of(Reason.REASON_SOLD_OUT, "gone")
            .layer("budget")
            .rule("b-1")
            .retryAfter(Duration.ofSeconds(4));
    Refused passed = Failures.refusal(sent(soldOut));
    assertThat(passed.reason()).isEqualTo(Reason.REASON_SOLD_OUT);
    assertThat(passed.metadata()).isEqualTo(soldOut.metadata());
    assertThat(passed.retryAfter()).contains(Duration.ofSeconds(4));
    assertThat(reason(sent(Refused.of(Reason.REASON_FORBIDDEN, "you"))))
        .isEqualTo(Reason.REASON_INTERNAL);
  }

  @Test
  void failures_bareStatusOfACall_areADependencysOrADeadline() {
    assertThat(reason(Status.UNAVAILABLE.asRuntimeException()))
        .isEqualTo(Reason.REASON_DEPENDENCY_DOWN);
    assertThat(reason(Status.DEADLINE_EXCEEDED.asRuntimeException()))
        .isEqualTo(Reason.REASON_DEADLINE);
    assertThat(reason(Status.DATA_LOSS.asRuntimeException())).isEqualTo(Reason.REASON_INTERNAL);
  }

  private static Reason reason(Throwable failure) {
    return Failures.refusal(failure).reason();
  }

  private static StatusRuntimeException sent(Refused refused) {
    var answer = StatusMapper.answer(refused);
    return answer.status().asRuntimeException(answer.trailers());
  }

  private static ErrorInfo info(com.google.rpc.Status details)
      throws InvalidProtocolBufferException {
    return details.getDetails(0).unpack(ErrorInfo.class);
  }
}
