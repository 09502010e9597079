package dev.lantern.tokenservice.signing;

import dev.lantern.tokenservice.keys.KeyFolder;
import dev.lantern.tokenservice.keys.KeyScope;
import dev.lantern.tokenservice.keys.SigningKey;
import java.time.Instant;

/// The ring of now. Only a trial's key is ever replaced while the process runs; whoever asks gets
/// one whole ring, before or after.
public final class KeyRings {
  private final KeyFolder folder;
  private volatile KeyRing now;

  public KeyRings(KeyFolder folder, KeyRing first) {
    this.folder = folder;
    this.now = first;
  }

  public KeyRing now() {
    return now;
  }

  /// Another key for this scope; the former one, and its file, are gone. Its id is returned.
  ///
  /// @throws dev.lantern.tokenservice.keys.UnusableKeyException when keys are not made here: then
  ///   nothing has changed
  public synchronized String replace(KeyScope scope, Instant at) {
    SigningKey former = now.current(scope).key();
    now = KeyRing.load(now.engine(), folder.replace(scope, at));
    return former.id().value();
  }
}
