package dev.lantern.tokenservice.keys;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;

/// One key pair with its scope and birth. Its text form never shows the private part.
public final class SigningKey {

  private final KeyScope scope;
  private final KeyId id;
  private final Instant createTime;
  private final Instant useTime;
  private final PublicKeyBytes publicKey;
  private final byte[] pkcs8;

  /// `pkcs8` is the private key as RFC 8410 encodes it. Whether the two halves belong together is
  /// tried by the key ring, with the provider that will use them.
  public SigningKey(
      KeyScope scope, Instant createTime, Instant useTime, PublicKeyBytes publicKey, byte[] pkcs8) {
    this.scope = scope;
    this.id = KeyId.of(scope, publicKey.raw());
    this.createTime = createTime;
    this.useTime = useTime;
    this.publicKey = publicKey;
    this.pkcs8 = pkcs8.clone();
  }

  /// A new pair from the JDK's generator, whatever provider signs later: the file's encoding must
  /// not depend on the machine it was made on.
  public static SigningKey generate(KeyScope scope, Instant now) {
    return generate(scope, now, now);
  }

  /// One that is published now and signs from `useTime` on.
  public static SigningKey generate(KeyScope scope, Instant now, Instant useTime) {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519", "SunEC").generateKeyPair();
      PublicKeyBytes publicKey = PublicKeyBytes.ofX509(pair.getPublic().getEncoded());
      return new SigningKey(scope, now, useTime, publicKey, pair.getPrivate().getEncoded());
    } catch (NoSuchAlgorithmException | java.security.NoSuchProviderException e) {
      throw new IllegalStateException("the JDK always has Ed25519", e);
    }
  }

  public KeyScope scope() {
    return scope;
  }

  public KeyId id() {
    return id;
  }

  public Instant createTime() {
    return createTime;
  }

  /// From when on it signs.
  public Instant useTime() {
    return useTime;
  }

  public PublicKeyBytes publicKey() {
    return publicKey;
  }

  /// The private key. For key files and signing engines alone.
  public byte[] pkcs8() {
    return pkcs8.clone();
  }

  @Override
  public String toString() {
    return "SigningKey[" + id.value() + "]";
  }
}
