package dev.lantern.ordercenter.present;

import dev.lantern.common.v1.Lane;
import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.sdk.token.TokenProblem;
import dev.lantern.sdk.token.TokenVerdict;
import dev.lantern.sdk.token.TokenVerifier;
import dev.lantern.token.v1.ListKeysRequest;
import dev.lantern.token.v1.PublicKey;
import dev.lantern.token.v1.SignedToken;
import dev.lantern.token.v1.TokenServiceGrpc.TokenServiceBlockingStub;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Verifies tokens of one lane by the keys that token-service lists, without asking it about any
/// token.
///
/// The list is read when first needed and again once it is [#FRESH] old, so that a key taken away
/// holds no longer than that; a token of an unknown key has it read at once, for keys are published
/// before they sign. All readings together are [#BETWEEN] apart, whatever tokens come. When
/// token-service is down the last list stays good: its tokens are money already promised.
public final class RewardKeys implements TokenCheck {
  static final Duration FRESH = Duration.ofSeconds(10);
  static final Duration BETWEEN = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(RewardKeys.class);

  private final Supplier<List<PublicKey>> list;
  private final Lane lane;
  private final LongSupplier nanoTime;
  private @Nullable TokenVerifier verifier;
  private long readAt;
  private long triedAt;

  /// @param list asks token-service, within a bound; throws [StatusRuntimeException]
  public RewardKeys(Supplier<List<PublicKey>> list, Lane lane, LongSupplier nanoTime) {
    this.list = list;
    this.lane = lane;
    this.nanoTime = nanoTime;
  }

  /// By token-service itself.
  public static RewardKeys of(
      TokenServiceBlockingStub stub, Duration deadline, Lane lane, LongSupplier nanoTime) {
    return new RewardKeys(
        () ->
            stub.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .listKeys(ListKeysRequest.getDefaultInstance())
                .getKeysList(),
        lane,
        nanoTime);
  }

  @Override
  public TokenVerdict verify(SignedToken token) {
    TokenVerdict verdict = known(FRESH).verify(token);
    return verdict instanceof TokenVerdict.Refused(TokenProblem problem)
            && problem == TokenProblem.UNKNOWN_KEY
        ? known(BETWEEN).verify(token)
        : verdict;
  }

  private synchronized TokenVerifier known(Duration atMostOld) {
    long now = nanoTime.getAsLong();
    TokenVerifier last = verifier;
    boolean old = last == null || now - readAt >= atMostOld.toNanos();
    boolean mayTry = last == null || now - triedAt >= BETWEEN.toNanos();
    if (old && mayTry) {
      triedAt = now;
      try {
        last = new TokenVerifier(list.get(), lane);
        verifier = last;
        readAt = now;
      } catch (StatusRuntimeException away) {
        LOG.warn("the keys of tokens cannot be read now: {}", away.getStatus());
      }
    }
    if (last == null) {
      throw Refused.of(Reason.REASON_DEPENDENCY_DOWN, "tokens cannot be verified now")
          .dependency("token-service");
    }
    return last;
  }
}
