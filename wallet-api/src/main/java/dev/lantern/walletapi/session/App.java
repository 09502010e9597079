package dev.lantern.walletapi.session;

import java.security.PublicKey;
import java.util.List;

/// An app that may open sessions for its users.
///
/// @param keys its Ed25519 public keys, 1 to 4: two while it changes from one to the next
public record App(int appId, String name, List<PublicKey> keys) {
  static final int KEYS_MAX = 4;

  public App {
    keys = List.copyOf(keys);
    if (appId <= 0) {
      throw new IllegalArgumentException("app_id is positive");
    }
    if (keys.isEmpty() || keys.size() > KEYS_MAX) {
      throw new IllegalArgumentException("an app has 1 to " + KEYS_MAX + " keys");
    }
  }
}
