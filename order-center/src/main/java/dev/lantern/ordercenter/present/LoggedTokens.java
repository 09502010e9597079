package dev.lantern.ordercenter.present;

import dev.lantern.common.v1.Lane;
import dev.lantern.sdk.token.TokenProblem;
import dev.lantern.sdk.token.TokenVerdict;
import dev.lantern.token.v1.KeyPurpose;
import dev.lantern.token.v1.SignedToken;
import dev.lantern.token.v1.TokenServiceGrpc.TokenServiceBlockingStub;
import dev.lantern.token.v1.VerifyTokensRequest;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Verifies by the keys at hand, and has token-service confirm what money would be paid for: it
/// knows the signed-root log. A token with our key's signature whose root is not there was made by
/// somebody who has the key, which no key list tells; and its being presented raises the alarm
/// there and halts the lane's signing.
///
/// Forgeries found at hand are told to token-service, too, which counts them for its alarm: of all
/// that come at most [#MOST_TOLD] in one call, one call a second.
public final class LoggedTokens implements TokenCheck {
  static final Duration BETWEEN = Duration.ofSeconds(1);
  static final int MOST_TOLD = 20;

  private static final int MOST_BYTES = 4_096;
  private static final Logger LOG = LoggerFactory.getLogger(LoggedTokens.class);

  private final TokenCheck atHand;
  private final Function<List<SignedToken>, List<dev.lantern.token.v1.TokenVerdict>> ask;
  private final LongSupplier nanoTime;
  private final BlockingQueue<SignedToken> forged = new ArrayBlockingQueue<>(MOST_TOLD);
  private final AtomicLong toldAt;

  /// @param ask what token-service says of each, within a bound; throws [StatusRuntimeException]
  public LoggedTokens(
      TokenCheck atHand,
      Function<List<SignedToken>, List<dev.lantern.token.v1.TokenVerdict>> ask,
      LongSupplier nanoTime) {
    this.atHand = atHand;
    this.ask = ask;
    this.nanoTime = nanoTime;
    this.toldAt = new AtomicLong(nanoTime.getAsLong() - BETWEEN.toNanos());
  }

  /// By token-service itself.
  public static LoggedTokens of(
      TokenCheck atHand,
      TokenServiceBlockingStub stub,
      Duration deadline,
      Lane lane,
      LongSupplier nanoTime) {
    return new LoggedTokens(
        atHand,
        tokens ->
            stub.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .verifyTokens(
                    VerifyTokensRequest.newBuilder()
                        .setPurpose(KeyPurpose.KEY_PURPOSE_REWARD)
                        .setLane(lane)
                        .addAllTokens(tokens)
                        .build())
                .getVerdictsList(),
        nanoTime);
  }

  @Override
  public TokenVerdict verify(SignedToken token) {
    return told(token, atHand.verify(token));
  }

  @Override
  public Optional<TokenVerdict> judge(SignedToken token) {
    return atHand.judge(token).map(verdict -> told(token, verdict));
  }

  private TokenVerdict told(SignedToken token, TokenVerdict verdict) {
    switch (verdict) {
      case TokenVerdict.Refused(TokenProblem problem) when isForgery(problem) -> forged(token);
      case TokenVerdict.Refused _, TokenVerdict.Valid _ -> {}
    }
    return verdict;
  }

  @Override
  public Optional<List<TokenVerdict>> confirm(List<SignedToken> tokens) {
    try {
      List<TokenVerdict> verdicts =
          ask.apply(tokens).stream().flatMap(told -> verdict(told).stream()).toList();
      // A word that we do not know, of a token-service that is newer, settles nothing; nor does an
      // instance that has not read the newest key yet.
      return verdicts.size() == tokens.size() ? Optional.of(verdicts) : Optional.empty();
    } catch (StatusRuntimeException away) {
      LOG.warn("tokens cannot be confirmed now: {}", away.getStatus());
      return Optional.empty();
    }
  }

  private void forged(SignedToken token) {
    boolean small = token.getSerializedSize() <= MOST_BYTES;
    var _ = forged.offer(small ? token : SignedToken.getDefaultInstance());
    long now = nanoTime.getAsLong();
    long last = toldAt.get();
    if (now - last >= BETWEEN.toNanos() && toldAt.compareAndSet(last, now)) {
      List<SignedToken> some = new ArrayList<>(MOST_TOLD);
      forged.drainTo(some);
      var _ = confirm(some);
    }
  }

  private static Optional<TokenVerdict> verdict(dev.lantern.token.v1.TokenVerdict told) {
    return told.getValid()
        ? Optional.of(new TokenVerdict.Valid(told.getToken()))
        : Arrays.stream(TokenProblem.values())
            .filter(problem -> problem.name().equals(told.getProblem()))
            .filter(problem -> problem != TokenProblem.UNKNOWN_KEY)
            .findFirst()
            .map(TokenVerdict.Refused::new);
  }

  private static boolean isForgery(TokenProblem problem) {
    return switch (problem) {
      case UNKNOWN_KEY, REVOKED_KEY, WRONG_PURPOSE, BAD_SIGNATURE, MALFORMED -> true;
      case EXPIRED_KEY, REVOKED_EPOCH, WRONG_USER, WRONG_ACTIVITY, NOT_OPEN, UNLOGGED -> false;
    };
  }
}
