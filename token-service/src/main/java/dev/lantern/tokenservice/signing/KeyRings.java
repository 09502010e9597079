package dev.lantern.tokenservice.signing;

import dev.lantern.tokenservice.keys.KeyFolder;
import dev.lantern.tokenservice.keys.KeyId;
import dev.lantern.tokenservice.keys.KeyScope;
import dev.lantern.tokenservice.keys.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The ring of now. It is replaced as a whole when keys come, go or are revoked; whoever asks gets
/// one whole ring, before or after.
public final class KeyRings {
  private final KeyFolder folder;
  private volatile KeyRing now;
  private String marks;

  public KeyRings(KeyFolder folder, KeyRing first) {
    this.folder = folder;
    this.now = first;
    this.marks = folder.marks();
  }

  public KeyRing now() {
    return now;
  }

  /// Another key for this scope; the former one, and its file, are gone. Its id is returned.
  ///
  /// @throws dev.lantern.tokenservice.keys.UnusableKeyException when keys are not made here: then
  ///   nothing has changed
  public synchronized String replace(KeyScope scope, Instant at) {
    SigningKey former = now.current(scope, at).key();
    now = KeyRing.load(now.engine(), folder.replace(scope, at), now.revoked());
    return former.id().value();
  }

  /// The key that follows the current one of this scope: the one that waits, or a new one that
  /// signs after `ahead`.
  ///
  /// @throws dev.lantern.tokenservice.keys.UnusableKeyException when none waits and keys are not
  ///   made here
  public synchronized SigningKey follow(KeyScope scope, Instant at, Duration ahead) {
    Optional<SigningKey> waiting = now.next(scope, at);
    if (waiting.isPresent()) {
      return waiting.get();
    }
    SigningKey key = folder.add(scope, made(scope, at), at.plus(ahead));
    reload(at);
    return key;
  }

  /// A key that was made now and signs from now on; what the former ones signed still holds.
  ///
  /// @throws dev.lantern.tokenservice.keys.UnusableKeyException when keys are not made here
  public synchronized SigningKey begin(KeyScope scope, Instant at) {
    SigningKey key = folder.add(scope, made(scope, at), at);
    reload(at);
    return key;
  }

  /// When a key made now is said to be made: after every other, whatever the clock of the instance
  /// that made it. Keys follow each other by this, and an epoch is told by it.
  private Instant made(KeyScope scope, Instant at) {
    Instant latest =
        now.keys().stream()
            .filter(key -> key.scope().equals(scope))
            .map(SigningKey::createTime)
            .max(Instant::compareTo)
            .orElse(at);
    return latest.isBefore(at) ? at : latest.plusMillis(1);
  }

  /// Whether keys are made here, or somebody puts their files there.
  public boolean makesKeys() {
    return folder.makesKeys();
  }

  /// Whether nothing else could sign in this scope if this key were revoked.
  public boolean isLast(KeyId keyId, KeyScope scope) {
    return now.keys().stream()
        .filter(key -> key.scope().equals(scope))
        .allMatch(key -> key.id().equals(keyId));
  }

  /// From now on nothing that these keys signed holds. Revocations are for ever; those known
  /// already stay. No file is read: a broken one delays no revocation.
  ///
  /// @throws IllegalStateException when no key would be left in a scope; then the ring stays
  public synchronized void revoke(Set<String> keyIds) {
    Set<String> all = new HashSet<>(now.revoked());
    if (all.addAll(keyIds)) {
      now = KeyRing.load(now.engine(), now.keys(), all);
    }
  }

  /// Reads the folder again if it is not what it was, for keys that somebody put there or took
  /// away.
  ///
  /// @throws RuntimeException when a file cannot be used; then the ring stays what it was, and the
  ///   next call tries again
  public synchronized void reload(Instant at) {
    String seen = folder.marks();
    if (!seen.equals(marks)) {
      read(at);
      marks = seen;
    }
  }

  private void read(Instant at) {
    KeyRing read = KeyRing.load(now.engine(), folder.open(at), now.revoked());
    if (!ids(read).equals(ids(now))) {
      now = read;
    }
  }

  private static List<KeyId> ids(KeyRing ring) {
    return ring.keys().stream().map(SigningKey::id).toList();
  }
}
