package dev.lantern.proving.measure;

import com.google.protobuf.ByteString;
import dev.lantern.common.v1.Lane;
import dev.lantern.proving.place.Operator;
import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.rain.Progress;
import dev.lantern.token.v1.KeyPurpose;
import dev.lantern.token.v1.RedPacketToken;
import dev.lantern.token.v1.SignTokensRequest;
import dev.lantern.token.v1.SignedToken;
import dev.lantern.token.v1.TokenServiceGrpc;
import dev.lantern.token.v1.TokenVerdict;
import dev.lantern.token.v1.VerifyTokensRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Calls of the stack's token-service, as order-center makes them, of the stress lane.
final class TokenCalls {
  private static final String TOKEN_SERVICE = "token-service";
  private static final int SMALL = 1;
  private static final int LARGE = 64;
  private static final int CALLS = 32;
  private static final int DEADLINE_S = 2;
  private static final double LESS = 0.2;

  private final StackAccess stack;
  private final Progress progress;
  private final BenchSize size;
  private final AtomicLong users = new AtomicLong();

  TokenCalls(StackAccess stack, Progress progress, BenchSize size) {
    this.stack = stack;
    this.progress = progress;
    this.size = size;
  }

  /// What a token costs token-service and the database, log included: many payloads a call beside
  /// one a call.
  List<Comparison> signing(Meter meter, TokenFigures figures) {
    try (Operator client = client()) {
      return List.of(
          compare(
              meter,
              figures,
              "CPU us a token of SignTokens, log's commit included, %d payloads a call",
              units -> ending -> sign(client, units, ending)));
    }
  }

  /// What a token costs to be verified, its root looked for in the log.
  List<Comparison> verifying(Meter meter, TokenFigures figures) {
    try (Operator client = client()) {
      List<SignedToken> large = signed(client, LARGE);
      List<SignedToken> small = signed(client, SMALL);
      return List.of(
          compare(
              meter,
              figures,
              "CPU us a token of VerifyTokens, %d tokens a call",
              units -> ending -> verify(client, units == LARGE ? large : small, ending)));
    }
  }

  private Comparison compare(
      Meter meter,
      TokenFigures figures,
      String metric,
      java.util.function.IntFunction<Load.Caller> caller) {
    List<Sample> large = new ArrayList<>();
    List<Sample> small = new ArrayList<>();
    for (int i = 0; i <= size.rounds(); i++) {
      progress.phase(
          "%s: through gRPC, round %d of %d".formatted(figures.name(), i, size.rounds()));
      large.add(window(meter, caller.apply(LARGE)));
      small.add(window(meter, caller.apply(SMALL)));
    }
    List.of(large, small).forEach(List::removeFirst);
    return new Comparison(
        figures.name(),
        metric.formatted(LARGE),
        Sample.median(large, it -> it.cpuEach(List.of(TOKEN_SERVICE, "mariadb"))),
        "one a call",
        Sample.median(small, it -> it.cpuEach(List.of(TOKEN_SERVICE, "mariadb"))),
        Goal.atMost(LESS),
        size.rounds(),
        Sample.errors(large) + Sample.errors(small),
        "the stack's own token-service and MariaDB over mutual TLS, " + CALLS + " calls in flight",
        Sample.median(large, Sample::perSecond),
        Sample.median(small, Sample::perSecond),
        Sample.cpuEachByProcess(large),
        Sample.cpuEachByProcess(small));
  }

  private Sample window(Meter meter, Load.Caller caller) {
    return meter.measure(() -> {
      Load.Result result =
          Load.run(CALLS, Load.until(System.nanoTime() + size.window().toNanos()), caller);
      return new Meter.Done(result.good(), result.bad());
    });
  }

  private void sign(Operator client, int units, Load.Ending ending) {
    TokenServiceGrpc.newStub(client.channel())
        .withDeadlineAfter(DEADLINE_S, TimeUnit.SECONDS)
        .signTokens(
            request(units),
            Load.hearing(ending, answer -> Load.Outcome.good(answer.getTokensCount()), units));
  }

  private static void verify(Operator client, List<SignedToken> tokens, Load.Ending ending) {
    TokenServiceGrpc.newStub(client.channel())
        .withDeadlineAfter(DEADLINE_S, TimeUnit.SECONDS)
        .verifyTokens(
            VerifyTokensRequest.newBuilder()
                .setPurpose(KeyPurpose.KEY_PURPOSE_REWARD)
                .setLane(Lane.LANE_STRESS)
                .addAllTokens(tokens)
                .build(),
            Load.hearing(
                ending,
                answer -> {
                  long good =
                      answer.getVerdictsList().stream().filter(TokenVerdict::getValid).count();
                  return new Load.Outcome(good, tokens.size() - good, "REFUSED");
                },
                tokens.size()));
  }

  private List<SignedToken> signed(Operator client, int units) {
    return TokenServiceGrpc.newBlockingStub(client.channel())
        .withDeadlineAfter(DEADLINE_S, TimeUnit.SECONDS)
        .signTokens(request(units))
        .getTokensList();
  }

  private SignTokensRequest request(int units) {
    SignTokensRequest.Builder request =
        SignTokensRequest.newBuilder()
            .setPurpose(KeyPurpose.KEY_PURPOSE_REWARD)
            .setLane(Lane.LANE_STRESS);
    for (int i = 0; i < units; i++) {
      request.addPayloads(payload(users.incrementAndGet()));
    }
    return request.build();
  }

  private static ByteString payload(long actId) {
    return RedPacketToken.newBuilder()
        .setAppId(1)
        .setActId(actId)
        .setActivityId("bench-tokens")
        .setSceneId("bench")
        .setAmount(1)
        .setOutTradeNo("bench-" + actId)
        .setRainId(1)
        .setLeaseId(1)
        .build()
        .toByteString();
  }

  private Operator client() {
    return Operator.at(stack.tokenService(), stack.identity("order-center"), TOKEN_SERVICE);
  }
}
