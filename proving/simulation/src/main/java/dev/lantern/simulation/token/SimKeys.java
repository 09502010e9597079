package dev.lantern.simulation.token;

import dev.lantern.common.v1.Lane;
import dev.lantern.sdk.token.KeySet;
import dev.lantern.sdk.token.KeySet.Epoch;
import dev.lantern.sdk.token.TokenKey;
import dev.lantern.simulation.kernel.LifeClock;
import dev.lantern.token.v1.KeyPurpose;
import dev.lantern.tokenservice.keys.KeyLane;
import dev.lantern.tokenservice.keys.KeyScope;
import dev.lantern.tokenservice.keys.PublicKeyBytes;
import dev.lantern.tokenservice.keys.Purpose;
import dev.lantern.tokenservice.keys.SigningKey;
import dev.lantern.tokenservice.signing.Ed25519Engine;
import dev.lantern.tokenservice.signing.EngineChoice;
import dev.lantern.tokenservice.signing.EngineKind;
import dev.lantern.tokenservice.signing.KeyRing;
import dev.lantern.tokenservice.signing.LoadedKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.NamedParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The keys of every run, the same in every JVM: one for each scope, for rewards two, of which the
/// second begins to sign in the middle of the storm; one that was revoked, and one that was never
/// ours. A round's epoch was revoked, too: older keys' tokens of it do not hold.
public final class SimKeys {
  /// The round whose epoch was revoked.
  public static final int REVOKED_ROUND = 900;

  public static final String SCENE = "rain";
  private static final Duration TOKEN_LIFE = Duration.ofDays(90);
  private static final Duration LONG_AGO = Duration.ofDays(2);
  private static final Duration ROTATED = Duration.ofSeconds(9);
  private static final int REVOKED = 100;
  private static final int THIEFS = 101;
  private static final SimKeys ONE = new SimKeys();

  private final Ed25519Engine engine =
      EngineChoice.of(List.of(EngineKind.ACCP, EngineKind.BOUNCY_CASTLE, EngineKind.JDK)).engine();
  private final KeyRing ring;
  private final LoadedKey revoked;
  private final LoadedKey thiefs;

  private SimKeys() {
    Instant made = LifeClock.BEGIN.minus(LONG_AGO);
    List<SigningKey> keys = new ArrayList<>();
    for (KeyScope scope : KeyScope.all()) {
      keys.add(key(scope, keys.size() + 1, made, made));
    }
    KeyScope live = new KeyScope(Purpose.REWARD, KeyLane.LIVE);
    keys.add(key(live, keys.size() + 1, made, LifeClock.BEGIN.plus(ROTATED)));
    this.revoked = loaded(key(live, REVOKED, made, made));
    this.thiefs = loaded(key(live, THIEFS, made, made));
    this.ring = KeyRing.load(engine, keys, Set.of(revoked.key().id().value()));
  }

  public static SimKeys get() {
    return ONE;
  }

  /// The key of that scope that signs then.
  public LoadedKey signing(Purpose purpose, KeyLane lane, Instant now) {
    return ring.current(new KeyScope(purpose, lane), now);
  }

  LoadedKey revoked() {
    return revoked;
  }

  LoadedKey thiefs() {
    return thiefs;
  }

  /// What token-service tells, with the engine's verdicts, which are the JDK's.
  ///
  /// @param child of which the epoch was revoked
  public KeySet told(String child) {
    Map<String, TokenKey> keys = new HashMap<>();
    for (SigningKey key : ring.keys()) {
      LoadedKey loaded = ring.find(key.id().value()).orElseThrow();
      keys.put(
          key.id().value(),
          new TokenKey(
              key.scope().purpose() == Purpose.REWARD
                  ? KeyPurpose.KEY_PURPOSE_REWARD
                  : KeyPurpose.KEY_PURPOSE_SESSION,
              key.scope().lane() == KeyLane.LIVE ? Lane.LANE_LIVE : Lane.LANE_STRESS,
              key.createTime(),
              ring.expireTime(key, TOKEN_LIFE).orElse(Instant.MAX),
              loaded::verify));
    }
    Epoch epoch =
        new Epoch(Lane.LANE_LIVE, child, SCENE, REVOKED_ROUND, LifeClock.BEGIN.minusSeconds(1));
    return new KeySet(
        keys, Set.of(revoked.key().id().value()), List.of(epoch), Duration.ofSeconds(1));
  }

  private LoadedKey loaded(SigningKey key) {
    try {
      return engine.load(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key made here is unusable", e);
    }
  }

  private static SigningKey key(KeyScope scope, int number, Instant made, Instant use) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519", "SunEC");
      generator.initialize(NamedParameterSpec.ED25519, new SeededRandom(number));
      KeyPair pair = generator.generateKeyPair();
      return new SigningKey(
          scope,
          made,
          use,
          PublicKeyBytes.ofX509(pair.getPublic().getEncoded()),
          pair.getPrivate().getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK always has Ed25519", e);
    }
  }
}
