package dev.lantern.tokenservice.signing;

import dev.lantern.tokenservice.keys.KeyScope;
import dev.lantern.tokenservice.keys.SigningKey;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Every key, loaded and proven: found by scope to sign, by id to verify. Never changes.
///
/// Keys of a scope follow each other as they were made: of those whose `useTime` has come the one
/// made last signs, and what a key signed holds until a later one has signed for as long as a token
/// lives. So a rotation is nothing but another key with a later time, and needs no timer. One that
/// still waits when a later one signs already never does: an epoch ends by when keys were made, and
/// what an older one would sign of it would not hold. Keys that were revoked are not among them;
/// when the current one is, another signs even if its time has not come.
public final class KeyRing {

  private static final Comparator<LoadedKey> AS_MADE =
      Comparator.comparing((LoadedKey loaded) -> loaded.key().createTime())
          .thenComparing(loaded -> loaded.key().useTime())
          .thenComparing(loaded -> loaded.key().id().value());

  private final Ed25519Engine engine;
  private final List<SigningKey> keys;
  private final Map<KeyScope, List<LoadedKey>> byScope;
  private final Map<String, LoadedKey> byId;
  private final Set<String> revoked;

  private KeyRing(
      Ed25519Engine engine,
      List<SigningKey> keys,
      Map<KeyScope, List<LoadedKey>> byScope,
      Map<String, LoadedKey> byId,
      Set<String> revoked) {
    this.engine = engine;
    this.keys = keys;
    this.byScope = byScope;
    this.byId = byId;
    this.revoked = revoked;
  }

  public static KeyRing load(Ed25519Engine engine, List<SigningKey> keys) {
    return load(engine, keys, Set.of());
  }

  /// Loads and proves every key that is not revoked.
  ///
  /// @throws IllegalStateException naming a key whose halves do not belong together, or a scope
  ///   with no key
  public static KeyRing load(Ed25519Engine engine, List<SigningKey> keys, Set<String> revoked) {
    Map<KeyScope, List<LoadedKey>> byScope = new HashMap<>();
    Map<String, LoadedKey> byId = new HashMap<>();
    List<SigningKey> good =
        keys.stream().filter(key -> !revoked.contains(key.id().value())).toList();
    for (SigningKey key : good) {
      LoadedKey loaded = load(engine, key);
      byId.put(key.id().value(), loaded);
      byScope.computeIfAbsent(key.scope(), _ -> new ArrayList<>()).add(loaded);
    }
    byScope.values().forEach(line -> line.sort(AS_MADE));
    List<KeyScope> missing = new ArrayList<>(KeyScope.all());
    missing.removeAll(byScope.keySet());
    if (!missing.isEmpty()) {
      throw new IllegalStateException("no key for " + missing);
    }
    return new KeyRing(engine, good, Map.copyOf(byScope), Map.copyOf(byId), Set.copyOf(revoked));
  }

  /// What all of them sign and verify with.
  public Ed25519Engine engine() {
    return engine;
  }

  /// The key that signs in this scope.
  public LoadedKey current(KeyScope scope, Instant now) {
    List<LoadedKey> line = line(scope);
    LoadedKey current = line.getFirst();
    for (LoadedKey key : line) {
      if (!key.key().useTime().isAfter(now)) {
        current = key;
      }
    }
    return current;
  }

  /// The key that follows the current one, if one waits.
  public Optional<SigningKey> next(KeyScope scope, Instant now) {
    return later(current(scope, now).key()).filter(key -> key.useTime().isAfter(now)).findFirst();
  }

  /// From when on nothing that this key signed holds: when one made later has signed for as long as
  /// a token lives. Empty while there is none.
  public Optional<Instant> expireTime(SigningKey key, Duration tokenLife) {
    return later(key)
        .map(SigningKey::useTime)
        .min(Instant::compareTo)
        .map(useTime -> useTime.plus(tokenLife));
  }

  private Stream<SigningKey> later(SigningKey key) {
    return line(key.scope()).stream()
        .map(LoadedKey::key)
        .dropWhile(other -> !other.id().equals(key.id()))
        .skip(1);
  }

  public Optional<LoadedKey> find(String keyId) {
    return Optional.ofNullable(byId.get(keyId));
  }

  /// All keys that are not revoked, in the order they were loaded.
  public List<SigningKey> keys() {
    return keys;
  }

  public Set<String> revoked() {
    return revoked;
  }

  private List<LoadedKey> line(KeyScope scope) {
    List<LoadedKey> line = byScope.get(scope);
    if (line == null) {
      throw new IllegalStateException("a ring has a key for every scope, but not " + scope);
    }
    return line;
  }

  private static LoadedKey load(Ed25519Engine engine, SigningKey key) {
    try {
      return engine.load(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("key " + key.id().value() + " is unusable: " + e, e);
    }
  }
}
