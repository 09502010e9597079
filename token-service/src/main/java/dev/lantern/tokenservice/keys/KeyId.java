package dev.lantern.tokenservice.keys;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A key's name: its scope and the first four bytes of its public key's SHA-256, such as
/// `reward-live-1f0c33a9`. It follows from the key, so that it survives restarts and copies, and
/// two different keys of one scope do not share it by accident.
public record KeyId(String value) {

  private static final int HASH_BYTES = 4;

  public KeyId {
    if (value.isEmpty() || value.length() > 64) {
      throw new IllegalArgumentException("a key id has 1 to 64 characters");
    }
  }

  /// The id of this public key (32 raw bytes) in this scope.
  public static KeyId of(KeyScope scope, byte[] publicKey) {
    byte[] hash = sha256(publicKey);
    return new KeyId(scope.slug() + "-" + HexFormat.of().formatHex(hash, 0, HASH_BYTES));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
