package dev.lantern.tokenservice.signing;

import dev.lantern.tokenservice.keys.PublicKeyBytes;
import dev.lantern.tokenservice.keys.SigningKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;

/// One provider's Ed25519: loads keys that then sign and verify with that provider alone, whatever
/// else is registered in the JVM.
public final class Ed25519Engine {

  static final String ALGORITHM = "Ed25519";

  private final EngineKind kind;
  private final Provider signatures;
  private final Provider keyFactories;

  Ed25519Engine(EngineKind kind, Provider signatures, Provider keyFactories) {
    this.kind = kind;
    this.signatures = signatures;
    this.keyFactories = keyFactories;
  }

  public EngineKind kind() {
    return kind;
  }

  /// Provider and version, for logs.
  public String describe() {
    return kind.word() + " (" + signatures.getName() + " " + signatures.getVersionStr() + ")";
  }

  /// This key, ready for use; proved first by one signature that its own public half must accept.
  ///
  /// @throws GeneralSecurityException when the bytes are no key, or the halves do not belong
  ///   together
  public LoadedKey load(SigningKey key) throws GeneralSecurityException {
    LoadedKey loaded =
        new LoadedKey(key, privateKey(key.pkcs8()), publicKey(key.publicKey()), signatures);
    loaded.prove();
    return loaded;
  }

  private PrivateKey privateKey(byte[] pkcs8) throws GeneralSecurityException {
    return KeyFactory.getInstance(ALGORITHM, keyFactories)
        .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  private PublicKey publicKey(PublicKeyBytes key) throws GeneralSecurityException {
    return KeyFactory.getInstance(ALGORITHM, keyFactories)
        .generatePublic(new X509EncodedKeySpec(key.x509()));
  }
}
