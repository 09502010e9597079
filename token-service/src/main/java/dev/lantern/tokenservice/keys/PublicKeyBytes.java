package dev.lantern.tokenservice.keys;

import java.util.Arrays;
import java.util.HexFormat;

/// An Ed25519 public key: 32 raw bytes, as RFC 8032 has them.
public final class PublicKeyBytes {

  /// The fixed head of an Ed25519 SubjectPublicKeyInfo (RFC 8410); the raw key follows it.
  private static final byte[] X509_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final int RAW_BYTES = 32;

  private final byte[] raw;

  private PublicKeyBytes(byte[] raw) {
    this.raw = raw;
  }

  public static PublicKeyBytes ofRaw(byte[] raw) {
    if (raw.length != RAW_BYTES) {
      throw new IllegalArgumentException("an Ed25519 public key has 32 bytes, not " + raw.length);
    }
    return new PublicKeyBytes(raw.clone());
  }

  /// Out of a SubjectPublicKeyInfo; anything but Ed25519 is refused.
  public static PublicKeyBytes ofX509(byte[] encoded) {
    boolean ours =
        encoded.length == X509_HEAD.length + RAW_BYTES
            && Arrays.equals(encoded, 0, X509_HEAD.length, X509_HEAD, 0, X509_HEAD.length);
    if (!ours) {
      throw new IllegalArgumentException("not an Ed25519 public key");
    }
    return new PublicKeyBytes(Arrays.copyOfRange(encoded, X509_HEAD.length, encoded.length));
  }

  public byte[] raw() {
    return raw.clone();
  }

  public byte[] x509() {
    byte[] encoded = Arrays.copyOf(X509_HEAD, X509_HEAD.length + RAW_BYTES);
    System.arraycopy(raw, 0, encoded, X509_HEAD.length, RAW_BYTES);
    return encoded;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PublicKeyBytes that && Arrays.equals(raw, that.raw);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(raw);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(raw);
  }
}
