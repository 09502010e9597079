package dev.lantern.tokenservice.token;

import dev.lantern.common.v1.Lane;
import dev.lantern.sdk.token.KeySet;
import dev.lantern.sdk.token.KeySource;
import dev.lantern.sdk.token.TokenKey;
import dev.lantern.token.v1.KeyPurpose;
import dev.lantern.tokenservice.control.Decisions;
import dev.lantern.tokenservice.keys.KeyLane;
import dev.lantern.tokenservice.keys.Purpose;
import dev.lantern.tokenservice.keys.SigningKey;
import dev.lantern.tokenservice.signing.KeyRing;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/// The ring and the decisions of now as a verifier wants them, with the engine that signs. Safe for
/// many threads.
public final class ServiceKeys implements KeySource {
  private final Supplier<KeyRing> rings;
  private final Supplier<Decisions> decisions;
  private final Duration tokenLife;
  private volatile Made made;

  /// @param set made of exactly this ring and these decisions
  private record Made(KeyRing ring, Decisions decisions, KeySet set) {}

  public ServiceKeys(Supplier<KeyRing> rings, Supplier<Decisions> decisions, Duration tokenLife) {
    this.rings = rings;
    this.decisions = decisions;
    this.tokenLife = tokenLife;
    this.made = make(rings.get(), decisions.get());
  }

  @Override
  public KeySet with(String keyId) {
    KeyRing ring = rings.get();
    Decisions decided = decisions.get();
    Made last = made;
    if (last.ring() != ring || !last.decisions().equals(decided)) {
      last = make(ring, decided);
      made = last;
    }
    return last.set();
  }

  private Made make(KeyRing ring, Decisions decided) {
    Map<String, TokenKey> keys = new HashMap<>();
    for (SigningKey key : ring.keys()) {
      ring.find(key.id().value())
          .ifPresent(loaded ->
              keys.put(
                  key.id().value(),
                  new TokenKey(
                      purpose(key.scope().purpose()),
                      lane(key.scope().lane()),
                      key.createTime(),
                      ring.expireTime(key, tokenLife).orElse(Instant.MAX),
                      loaded::verify)));
    }
    return new Made(
        ring,
        decided,
        new KeySet(keys, decided.revokedKeys(), decided.epochs(), Duration.ofSeconds(1)));
  }

  private static KeyPurpose purpose(Purpose purpose) {
    return switch (purpose) {
      case REWARD -> KeyPurpose.KEY_PURPOSE_REWARD;
      case SESSION -> KeyPurpose.KEY_PURPOSE_SESSION;
    };
  }

  private static Lane lane(KeyLane lane) {
    return switch (lane) {
      case LIVE -> Lane.LANE_LIVE;
      case STRESS -> Lane.LANE_STRESS;
    };
  }
}
