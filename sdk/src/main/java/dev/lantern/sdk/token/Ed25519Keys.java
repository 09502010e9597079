package dev.lantern.sdk.token;

import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/// Ed25519 keys in the forms they come in. Every method throws [IllegalArgumentException] for what
/// is not such a key, without repeating the key's bytes.
public final class Ed25519Keys {
  private static final int RAW_BYTES = 32;
  // What precedes the 32 bytes in a SubjectPublicKeyInfo (RFC 8410).
  private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private Ed25519Keys() {}

  /// From the 32 raw bytes, as ListKeys and JWKs have them.
  public static PublicKey ofRaw(byte[] raw) {
    if (raw.length != RAW_BYTES) {
      throw new IllegalArgumentException("an Ed25519 public key has 32 bytes");
    }
    byte[] x509 = new byte[X509_PREFIX.length + RAW_BYTES];
    System.arraycopy(X509_PREFIX, 0, x509, 0, X509_PREFIX.length);
    System.arraycopy(raw, 0, x509, X509_PREFIX.length, RAW_BYTES);
    return publicKey(x509);
  }

  /// From a PEM file's text: `-----BEGIN PUBLIC KEY-----`, X.509.
  public static PublicKey ofPublicPem(String pem) {
    return publicKey(pemBytes(pem, "PUBLIC KEY"));
  }

  /// From a PEM file's text: `-----BEGIN PRIVATE KEY-----`, PKCS #8.
  public static PrivateKey ofPrivatePem(String pem) {
    try {
      return factory().generatePrivate(new PKCS8EncodedKeySpec(pemBytes(pem, "PRIVATE KEY")));
    } catch (InvalidKeySpecException other) {
      throw new IllegalArgumentException("not an Ed25519 private key", other);
    }
  }

  private static PublicKey publicKey(byte[] x509) {
    try {
      return factory().generatePublic(new X509EncodedKeySpec(x509));
    } catch (InvalidKeySpecException other) {
      throw new IllegalArgumentException("not an Ed25519 public key", other);
    }
  }

  private static KeyFactory factory() {
    try {
      return KeyFactory.getInstance("Ed25519");
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("every JDK has Ed25519", absent);
    }
  }

  private static byte[] pemBytes(String pem, String label) {
    String text = pem.strip();
    String begin = "-----BEGIN " + label + "-----";
    String end = "-----END " + label + "-----";
    if (!text.startsWith(begin) || !text.endsWith(end)) {
      throw new IllegalArgumentException("not one PEM block labelled " + label);
    }
    String body = text.substring(begin.length(), text.length() - end.length());
    return Base64.getMimeDecoder().decode(body);
  }
}
