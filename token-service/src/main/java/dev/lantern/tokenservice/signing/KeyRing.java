package dev.lantern.tokenservice.signing;

import dev.lantern.tokenservice.keys.KeyScope;
import dev.lantern.tokenservice.keys.SigningKey;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every key, loaded and proven: found by scope to sign, by id to verify. Never changes.
public final class KeyRing {

  private final Ed25519Engine engine;
  private final List<SigningKey> keys;
  private final Map<KeyScope, LoadedKey> current;
  private final Map<String, LoadedKey> byId;

  private KeyRing(
      Ed25519Engine engine,
      List<SigningKey> keys,
      Map<KeyScope, LoadedKey> current,
      Map<String, LoadedKey> byId) {
    this.engine = engine;
    this.keys = keys;
    this.current = current;
    this.byId = byId;
  }

  /// Loads and proves every key.
  ///
  /// @throws IllegalStateException naming a key whose halves do not belong together, or a scope
  ///   with no key or two
  public static KeyRing load(Ed25519Engine engine, List<SigningKey> keys) {
    Map<KeyScope, LoadedKey> current = new HashMap<>();
    Map<String, LoadedKey> byId = new HashMap<>();
    for (SigningKey key : keys) {
      LoadedKey loaded = load(engine, key);
      byId.put(key.id().value(), loaded);
      if (current.put(key.scope(), loaded) != null) {
        throw new IllegalStateException("two keys for " + key.scope().slug());
      }
    }
    List<KeyScope> missing = new ArrayList<>(KeyScope.all());
    missing.removeAll(current.keySet());
    if (!missing.isEmpty()) {
      throw new IllegalStateException("no key for " + missing);
    }
    return new KeyRing(engine, List.copyOf(keys), Map.copyOf(current), Map.copyOf(byId));
  }

  /// What all of them sign and verify with.
  public Ed25519Engine engine() {
    return engine;
  }

  /// The key that signs in this scope.
  public LoadedKey current(KeyScope scope) {
    LoadedKey key = current.get(scope);
    if (key == null) {
      throw new IllegalStateException("a ring has a key for every scope, but not " + scope);
    }
    return key;
  }

  public Optional<LoadedKey> find(String keyId) {
    return Optional.ofNullable(byId.get(keyId));
  }

  /// All keys, in the order they were loaded.
  public List<SigningKey> keys() {
    return keys;
  }

  private static LoadedKey load(Ed25519Engine engine, SigningKey key) {
    try {
      return engine.load(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("key " + key.id().value() + " is unusable: " + e, e);
    }
  }
}
