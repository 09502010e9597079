package dev.lantern.ordercenter.present;

import dev.lantern.common.v1.Lane;
import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.sdk.token.KeySet;
import dev.lantern.sdk.token.TokenProblem;
import dev.lantern.sdk.token.TokenVerdict;
import dev.lantern.sdk.token.TokenVerifier;
import dev.lantern.sdk.token.VerifiedRoots;
import dev.lantern.token.v1.ListKeysRequest;
import dev.lantern.token.v1.SignedToken;
import dev.lantern.token.v1.TokenServiceGrpc.TokenServiceBlockingStub;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Verifies tokens of one lane by what token-service lists, without asking it about any token: by
/// the keys, until when each of them holds, and what was revoked.
///
/// The list is read when first needed and again once it is [#FRESH] old, so that a key taken away
/// holds no longer than that; a token of an unknown key has it read at once, for keys are published
/// before they sign. All readings together are [#BETWEEN] apart, whatever tokens come, and one
/// thread reads while the others go on with the last list. When token-service is down that stays
/// good: its tokens are money already promised. An answer without keys is none, and what was
/// revoked once stays revoked.
///
/// A key that is not listed is nobody's only by a list of the last [#BETWEEN]: after a revocation
/// another key signs at once.
///
/// Verifying is work that anybody with a session can give us: [#AT_ONCE] threads do it at a time,
/// so that a flood of inventions leaves the rest of the process to those who grab.
public final class RewardKeys implements TokenCheck {
  static final Duration FRESH = Duration.ofSeconds(10);
  static final Duration BETWEEN = Duration.ofSeconds(1);

  static final int AT_ONCE = 2;

  private static final Duration TURN = Duration.ofMillis(300);
  private static final int ROOTS = 4_096;
  private static final Logger LOG = LoggerFactory.getLogger(RewardKeys.class);

  private final Supplier<KeySet> list;
  private final LongSupplier nanoTime;
  private final TokenVerifier verifier;
  private final Semaphore verifying = new Semaphore(AT_ONCE, true);
  private final ReentrantLock reading = new ReentrantLock();
  private volatile Listed listed = new Listed(null, 0, 0);

  /// @param triedAt when it was asked for last, whatever came of it
  private record Listed(@Nullable KeySet keys, long readAt, long triedAt) {
    boolean isOld(Duration atMostOld, long now) {
      return keys == null
          || (now - readAt >= atMostOld.toNanos() && now - triedAt >= BETWEEN.toNanos());
    }
  }

  /// @param list asks token-service, within a bound; throws when it does not answer, or nothing
  ///   that can be read
  public RewardKeys(Supplier<KeySet> list, Lane lane, LongSupplier nanoTime, InstantSource clock) {
    this.list = list;
    this.nanoTime = nanoTime;
    this.verifier =
        new TokenVerifier(_ -> known(Duration.ofDays(1)), lane, new VerifiedRoots(ROOTS), clock);
  }

  /// By token-service itself.
  public static RewardKeys of(
      TokenServiceBlockingStub stub,
      Duration deadline,
      Lane lane,
      LongSupplier nanoTime,
      InstantSource clock) {
    return new RewardKeys(
        () ->
            KeySet.of(
                stub.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS)
                    .listKeys(ListKeysRequest.getDefaultInstance())),
        lane,
        nanoTime,
        clock);
  }

  @Override
  public TokenVerdict verify(SignedToken token) {
    var _ = known(FRESH);
    TokenVerdict verdict = verifier.verify(token);
    if (isUnknownKey(verdict)) {
      var _ = known(BETWEEN);
      return verifier.verify(token);
    }
    return verdict;
  }

  @Override
  public Optional<TokenVerdict> judge(SignedToken token) {
    try {
      if (!verifying.tryAcquire(TURN.toMillis(), TimeUnit.MILLISECONDS)) {
        return Optional.empty();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
    try {
      return judged(token);
    } finally {
      verifying.release();
    }
  }

  private Optional<TokenVerdict> judged(SignedToken token) {
    TokenVerdict verdict = verify(token);
    if (!isUnknownKey(verdict)) {
      return Optional.of(verdict);
    }
    boolean certain = nanoTime.getAsLong() - listed.readAt() <= BETWEEN.toNanos();
    // By a list that is not older than the one whose age was looked at.
    return Optional.of(verifier.verify(token)).filter(again -> certain || !isUnknownKey(again));
  }

  private static boolean isUnknownKey(TokenVerdict verdict) {
    return verdict instanceof TokenVerdict.Refused(TokenProblem problem)
        && problem == TokenProblem.UNKNOWN_KEY;
  }

  private KeySet known(Duration atMostOld) {
    if (listed.isOld(atMostOld, nanoTime.getAsLong())) {
      read(atMostOld);
    }
    KeySet keys = listed.keys();
    if (keys == null) {
      throw Refused.of(Reason.REASON_DEPENDENCY_DOWN, "tokens cannot be verified now")
          .dependency("token-service");
    }
    return keys;
  }

  private void read(Duration atMostOld) {
    if (listed.keys() == null) {
      reading.lock();
    } else if (!reading.tryLock()) {
      return;
    }
    try {
      Listed last = listed;
      long now = nanoTime.getAsLong();
      // Another may have read it meanwhile.
      if (last.isOld(atMostOld, now)) {
        KeySet told = told();
        KeySet before = last.keys();
        listed =
            told == null
                ? new Listed(before, last.readAt(), now)
                : new Listed(before == null ? told : told.after(before), now, now);
      }
    } finally {
      reading.unlock();
    }
  }

  private @Nullable KeySet told() {
    try {
      KeySet told = list.get();
      return told.keys().isEmpty() ? null : told;
    } catch (RuntimeException away) {
      LOG.warn("the keys of tokens cannot be read now: {}", away.toString());
      return null;
    }
  }
}
