package dev.lantern.controlplane.ratelimit.serve;

import static dev.lantern.controlplane.ratelimit.serve.Descriptors.back;
import static dev.lantern.controlplane.ratelimit.serve.Descriptors.hits;
import static dev.lantern.controlplane.ratelimit.serve.Descriptors.rule;
import static dev.lantern.controlplane.ratelimit.serve.Descriptors.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.lantern.controlplane.ratelimit.decide.Standing;
import dev.lantern.controlplane.ratelimit.rule.Rules;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.Code;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.RateLimit.Unit;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The contract, in one process.
class DecisionsTest {
  private LimiterInProcess limiter;

  @BeforeEach
  void start() throws IOException {
    limiter = LimiterInProcess.start();
  }

  @AfterEach
  void stop() {
    limiter.close();
  }

  @Test
  void allowed_tellsLimitRestAndReset() {
    limiter.run(Rules.global("g", 5));
    RateLimitResponse answer = limiter.ask(rule("g"));

    assertThat(answer.getOverallCode()).isEqualTo(Code.OK);
    var status = answer.getStatuses(0);
    assertThat(status.getCurrentLimit().getRequestsPerUnit()).isEqualTo(5);
    assertThat(status.getCurrentLimit().getUnit()).isEqualTo(Unit.HOUR);
    assertThat(status.getLimitRemaining()).isEqualTo(4);
    assertThat(status.getDurationUntilReset().getSeconds()).isBetween(719L, 720L);
    assertThat(limiter.tally("g").allowed().sum()).isEqualTo(1);
  }

  @Test
  void over_tellsLayerRuleRevisionAndWhenToReturn() throws InvalidProtocolBufferException {
    limiter.run(Rules.global("g", 1));
    var _ = limiter.ask(rule("g"));
    RateLimitResponse answer = limiter.ask(rule("g"));

    assertThat(answer.getOverallCode()).isEqualTo(Code.OVER_LIMIT);
    assertThat(answer.getStatuses(0).getCode()).isEqualTo(Code.OVER_LIMIT);
    Map<String, String> headers =
        answer.getResponseHeadersToAddList().stream()
            .collect(Collectors.toMap(HeaderValue::getKey, HeaderValue::getValue));
    Status details =
        Status.parseFrom(
            Base64.getDecoder().decode(headers.getOrDefault("grpc-status-details-bin", "")));
    ErrorInfo info = details.getDetails(0).unpack(ErrorInfo.class);
    assertThat(headers).containsEntry("grpc-status", Integer.toString(details.getCode()));
    assertThat(info.getReason()).isEqualTo("LIMITED");
    assertThat(info.getMetadataMap())
        .containsEntry("layer", "global")
        .containsEntry("rule", "g")
        .containsEntry("revision", "7")
        .containsEntry("jitter_ms", "3000");
    // One an hour: that is when it fits again.
    assertThat(details.getDetails(1).unpack(RetryInfo.class).getRetryDelay().getSeconds())
        .isEqualTo(3_600);
    assertThat(headers)
        .containsEntry("retry-after", "3600")
        .containsEntry("grpc-retry-pushback-ms", "3600000");
  }

  @Test
  void usersAreCountedApart() {
    limiter.run(Rules.ofUser("u", 1));

    assertThat(limiter.ask(user("u", "1")).getOverallCode()).isEqualTo(Code.OK);
    assertThat(limiter.ask(user("u", "2")).getOverallCode()).isEqualTo(Code.OK);
    assertThat(limiter.ask(user("u", "1")).getOverallCode()).isEqualTo(Code.OVER_LIMIT);
  }

  @Test
  void whoIsOverTheirOwnLimit_takesNothingOfEverybodys() {
    limiter.run(Rules.ofUser("u", 1), Rules.global("g", 3));
    for (int i = 0; i < 5; i++) {
      var _ = limiter.ask(rule("g"), user("u", "1"));
    }

    assertThat(limiter.tally("g").allowed().sum()).isEqualTo(1);
    assertThat(limiter.tally("u").refused().sum()).isEqualTo(4);
  }

  @Test
  void globalKnownToBeFull_takesNothingOfAUsers() {
    limiter.run(Rules.ofUser("u", 2), Rules.global("g", 1));
    for (int i = 0; i < 5; i++) {
      var _ = limiter.ask(rule("g"), user("u", "1"));
    }
    // The first try took what there was; from then on it is known to be full.
    assertThat(limiter.tally("u").allowed().sum()).isEqualTo(1);
    assertThat(limiter.tally("g").refused().sum()).isEqualTo(4);
  }

  @Test
  void globalThatRefuses_givesBackWhatWasTakenOfAUsersOwn() {
    limiter.run(Rules.ofUser("u", 2), Rules.global("g", 3));
    var _ = limiter.ask(hits(rule("g"), 2));
    // Two more do not fit, which is known only when the user's own have been taken.
    assertThat(limiter.ask(hits(rule("g"), 2), user("u", "2")).getOverallCode())
        .isEqualTo(Code.OVER_LIMIT);

    assertThat(limiter.tally("u").givenBack().sum()).isEqualTo(1);
    assertThat(limiter.ask(hits(user("u", "2"), 2)).getOverallCode()).isEqualTo(Code.OK);
  }

  @Test
  void usersOwnUndecided_everybodysRefusesAllTheSame() {
    limiter.run(Rules.ofUser("u", 2), Rules.global("g", 1));
    limiter.unanswered = "u|";

    assertThat(limiter.ask(hits(rule("g"), 2), user("u", "1")).getOverallCode())
        .isEqualTo(Code.OVER_LIMIT);
    assertThat(limiter.tally("u").unknown().sum()).isEqualTo(1);
  }

  @Test
  void usersOwnUndecided_everybodysIsCountedAndTheCallSaidToBeUndecided()
      throws InvalidProtocolBufferException {
    limiter.run(Rules.ofUser("u", 2), Rules.global("g", 1));
    limiter.unanswered = "u|";

    ErrorInfo info = refusal(() -> limiter.ask(rule("g"), user("u", "1")));
    assertThat(info.getMetadataMap()).containsEntry("rule", "u");
    assertThat(limiter.tally("g").allowed().sum()).isEqualTo(1);
  }

  @Test
  void shadow_countsWhatItWouldRefuse_andRefusesNobody() {
    limiter.run(Rules.shadow("s", 1));
    var _ = limiter.ask(rule("s"));

    assertThat(limiter.ask(rule("s")).getOverallCode()).isEqualTo(Code.OK);
    assertThat(limiter.tally("s").wouldRefuse().sum()).isEqualTo(1);
    assertThat(limiter.tally("s").refused().sum()).isZero();
  }

  @Test
  void addendOfADescriptor_winsOverTheRequests() {
    limiter.run(Rules.global("g", 5), Rules.global("h", 5));
    RateLimitResponse answer =
        limiter.send(
            RateLimitRequest.newBuilder().setDomain("lantern").setHitsAddend(3),
            rule("g"),
            hits(rule("h"), 2));

    assertThat(answer.getStatuses(0).getLimitRemaining()).isEqualTo(2);
    assertThat(answer.getStatuses(1).getLimitRemaining()).isEqualTo(3);
  }

  @Test
  void addendThatDoesNotFit_takesNothing() {
    limiter.run(Rules.global("g", 5));

    assertThat(limiter.ask(hits(rule("g"), 6)).getOverallCode()).isEqualTo(Code.OVER_LIMIT);
    assertThat(limiter.ask(hits(rule("g"), 5)).getOverallCode()).isEqualTo(Code.OK);
  }

  @Test
  void moreThanEverFits_isToldNotToComeBack() {
    limiter.run(Rules.global("g", 5));

    assertThat(pushback(limiter.ask(hits(rule("g"), 6)))).isEqualTo("-1");
    var _ = limiter.ask(rule("g"));
    assertThat(pushback(limiter.ask(hits(rule("g"), 5)))).isNotEqualTo("-1");
  }

  private static String pushback(RateLimitResponse answer) {
    return answer.getResponseHeadersToAddList().stream()
        .filter(header -> header.getKey().equals("grpc-retry-pushback-ms"))
        .map(HeaderValue::getValue)
        .collect(Collectors.joining());
  }

  @Test
  void givenBack_canBeTakenAgain() {
    limiter.run(Rules.global("g", 2));
    var _ = limiter.ask(hits(rule("g"), 2));
    var _ = limiter.ask(back(rule("g"), 1));

    assertThat(limiter.ask(rule("g")).getOverallCode()).isEqualTo(Code.OK);
    assertThat(limiter.ask(rule("g")).getOverallCode()).isEqualTo(Code.OVER_LIMIT);
    assertThat(limiter.tally("g").givenBack().sum()).isEqualTo(1);
  }

  @Test
  void nearTheLimit_isCounted() {
    limiter.run(Rules.global("g", 10));
    for (int i = 0; i < 10; i++) {
      var _ = limiter.ask(rule("g"));
    }
    // With one hit left, and with none.
    assertThat(limiter.tally("g").near().sum()).isEqualTo(2);
  }

  @Test
  void whatNoRuleHas_isNotLimited_andCounted() {
    limiter.run(Rules.ofUser("u", 1));
    var _ = limiter.ask(rule("nobody"));
    var _ = limiter.ask(rule("u"));
    var _ = limiter.send(RateLimitRequest.newBuilder().setDomain("another"), user("u", "1"));

    assertThat(limiter.decisions.unlimited()).isEqualTo(3);
    assertThat(limiter.ask(user("u", "1")).getOverallCode()).isEqualTo(Code.OK);
  }

  @Test
  void storeGone_isSaidAtOnce() throws InvalidProtocolBufferException {
    limiter.run(Rules.global("g", 1));
    for (int i = 0; i < Standing.PATIENCE; i++) {
      limiter.standing.failed();
    }

    ErrorInfo info = refusal(() -> limiter.ask(rule("g")));
    assertThat(info.getReason()).isEqualTo("DEPENDENCY_DOWN");
    assertThat(info.getMetadataMap()).containsEntry("rule", "g");
    assertThat(limiter.decisions.underWay()).isZero();
  }

  @Test
  void tooManyDescriptors_areRefused() throws InvalidProtocolBufferException {
    var many = new RateLimitDescriptor[Decisions.MOST_DESCRIPTORS + 1];
    Arrays.fill(many, rule("g"));

    assertThat(refusal(() -> limiter.ask(many)).getReason()).isEqualTo("INVALID_FIELD");
  }

  @Test
  void editedRules_keepTheTallyOfARuleThatStays() {
    limiter.run(Rules.global("g", 5));
    var _ = limiter.ask(rule("g"));
    limiter.run(Rules.global("g", 9), Rules.global("h", 1));

    assertThat(limiter.tally("g").allowed().sum()).isEqualTo(1);
    assertThat(limiter.ask(rule("g")).getStatuses(0).getLimitRemaining()).isEqualTo(7);
  }

  private static ErrorInfo refusal(Runnable call) throws InvalidProtocolBufferException {
    StatusRuntimeException thrown = catchThrowableOfType(StatusRuntimeException.class, call::run);
    Status status = StatusProto.fromThrowable(thrown);
    assertThat(status).isNotNull();
    return status == null
        ? ErrorInfo.getDefaultInstance()
        : status.getDetails(0).unpack(ErrorInfo.class);
  }
}
