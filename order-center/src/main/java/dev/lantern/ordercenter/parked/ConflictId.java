package dev.lantern.ordercenter.parked;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A conflict's short name: the first 16 hexadecimal digits of the SHA-256 of what makes it one. It
/// tells the few conflicts of one order number apart.
public final class ConflictId {
  private static final int BYTES = 8;

  private ConflictId() {}

  /// The name of the conflict with this fingerprint and outcome.
  public static String of(byte[] fingerprint, byte[] outcome) {
    HexFormat hex = HexFormat.of();
    return of(hex.formatHex(fingerprint) + hex.formatHex(outcome));
  }

  /// @param promise fingerprint and outcome in hexadecimal
  static String of(String promise) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(promise.getBytes(US_ASCII));
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
