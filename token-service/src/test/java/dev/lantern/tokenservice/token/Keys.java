package dev.lantern.tokenservice.token;

import dev.lantern.tokenservice.keys.KeyScope;
import dev.lantern.tokenservice.keys.SigningKey;
import dev.lantern.tokenservice.signing.EngineChoice;
import dev.lantern.tokenservice.signing.EngineKind;
import dev.lantern.tokenservice.signing.KeyRing;
import java.time.Instant;
import java.util.List;

/// Rings of fresh keys.
public final class Keys {
  private Keys() {}

  public static KeyRing ring() {
    var keys =
        KeyScope.all().stream().map(scope -> SigningKey.generate(scope, Instant.EPOCH)).toList();
    return KeyRing.load(EngineChoice.of(List.of(EngineKind.values())).engine(), keys);
  }
}
