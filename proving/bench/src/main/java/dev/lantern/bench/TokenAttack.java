package dev.lantern.bench;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.lantern.sdk.token.Presentation;
import dev.lantern.sdk.token.TokenVerdict;
import dev.lantern.sdk.token.TokenVerifier;
import dev.lantern.token.v1.RedPacketToken;
import dev.lantern.token.v1.SignedToken;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Presents tokens that nobody signed to the verifier that everybody uses, with the engine that
/// token-service uses: as bytes and, where they can be read, as messages. Every one must be
/// refused; and every good one, presented by its owner before, between and after, must hold: a
/// verifier that refuses everything passes no attack.
public final class TokenAttack {
  private static final int MOST_SAMPLES = 5;
  private static final int GOOD_EVERY = 1_000;

  /// What came of it.
  ///
  /// @param accepted mutants that were taken for tokens; must be none
  /// @param crashed mutants at which the verifier threw; must be none
  /// @param goodRefused good tokens that were not taken; must be none
  /// @param refused how many of each kind were refused for which reason
  /// @param samples some of those accepted or crashed at, in hex
  public record Result(
      long presented,
      long accepted,
      long crashed,
      long goodPresented,
      long goodRefused,
      Map<String, Map<String, Long>> refused,
      List<String> samples) {
    public boolean held() {
      return accepted == 0 && crashed == 0 && goodRefused == 0;
    }
  }

  private final MutantPool pool;
  private final TokenVerifier verifier;
  private final Set<ByteString> good = new HashSet<>();
  private final Map<String, Map<String, Long>> refused = new TreeMap<>();
  private final List<String> samples = new ArrayList<>();
  private long accepted;
  private long crashed;
  private long goodPresented;
  private long goodRefused;

  private TokenAttack(TokenKeys keys, SecureRandom random) {
    this.pool = new MutantPool(keys, random);
    this.verifier = keys.verifier(64);
    pool.good().forEach(token -> good.add(token.toByteString()));
  }

  /// Presents so many mutants.
  ///
  /// @param seed of the mutants; keys are fresh each time
  public static Result run(long mutants, long seed, SecureRandom keys) {
    var attack = new TokenAttack(TokenKeys.fresh(keys), keys);
    return attack.attack(mutants, new SplittableRandom(seed));
  }

  private Result attack(long mutants, SplittableRandom random) {
    TokenMutant[] kinds = TokenMutant.values();
    pool.good().forEach(this::presentGood);
    long presented = 0;
    while (presented < mutants) {
      TokenMutant kind = kinds[(int) (presented % kinds.length)];
      byte[] bytes = kind.of(pool, random);
      if (kind == TokenMutant.REPLAYED) {
        replay(bytes, random);
      } else if (good.contains(ByteString.copyFrom(bytes))) {
        continue; // Nothing was changed after all.
      } else {
        present(kind, bytes);
      }
      if (++presented % GOOD_EVERY == 0) {
        presentGood(pool.any(random));
      }
    }
    return new Result(
        presented, accepted, crashed, goodPresented, goodRefused, refused, List.copyOf(samples));
  }

  private void present(TokenMutant kind, byte[] bytes) {
    try {
      judge(kind, bytes, verifier.verify(bytes));
      presentParsed(kind, bytes);
    } catch (RuntimeException | Error e) {
      crashed++;
      sample(kind, e + " at ", bytes);
    }
  }

  /// As a message, as gRPC hands it in: what lies around a payload may have been spelled otherwise,
  /// but what is read must be a good token then, to the last byte.
  private void presentParsed(TokenMutant kind, byte[] bytes) {
    try {
      SignedToken read = SignedToken.parseFrom(bytes);
      if (verifier.verify(read) instanceof TokenVerdict.Valid
          && !good.contains(read.toByteString())) {
        accepted++;
        sample(kind, "accepted, once read, ", bytes);
      }
    } catch (InvalidProtocolBufferException e) {
      // gRPC would not hand it in.
    }
  }

  private void replay(byte[] bytes, SplittableRandom random) {
    try {
      SignedToken token = SignedToken.parseFrom(bytes);
      RedPacketToken payload = pool.payload(token);
      Presentation by =
          switch (random.nextInt(3)) {
            case 0 ->
                new Presentation(
                    payload.getActId() + 1 + random.nextInt(1_000), Set.of(), TokenKeys.NOW);
            case 1 -> new Presentation(payload.getActId(), Set.of("another"), TokenKeys.NOW);
            default ->
                new Presentation(
                    payload.getActId(),
                    Set.of(payload.getActivityId()),
                    TokenKeys.NOW.minusSeconds(31 + random.nextInt(1_000)));
          };
      judge(TokenMutant.REPLAYED, bytes, verifier.verify(token, by));
    } catch (java.io.IOException | RuntimeException e) {
      crashed++;
      sample(TokenMutant.REPLAYED, e + " at ", bytes);
    }
  }

  private void presentGood(SignedToken token) {
    goodPresented++;
    RedPacketToken payload = pool.payload(token);
    var owner =
        new Presentation(payload.getActId(), Set.of(payload.getActivityId()), TokenKeys.NOW);
    boolean holds =
        verifier.verify(token, owner) instanceof TokenVerdict.Valid
            && verifier.verify(token.toByteArray()) instanceof TokenVerdict.Valid;
    if (!holds) {
      goodRefused++;
    }
  }

  private void judge(TokenMutant kind, byte[] bytes, TokenVerdict verdict) {
    switch (verdict) {
      case TokenVerdict.Valid _ -> {
        accepted++;
        sample(kind, "accepted ", bytes);
      }
      case TokenVerdict.Refused refusal ->
          refused
              .computeIfAbsent(kind.name().toLowerCase(java.util.Locale.ROOT), _ -> new TreeMap<>())
              .merge(refusal.problem().name(), 1L, Long::sum);
    }
  }

  private void sample(TokenMutant kind, String what, byte[] bytes) {
    if (samples.size() < MOST_SAMPLES) {
      samples.add(kind + ": " + what + HexFormat.of().formatHex(bytes));
    }
  }
}
