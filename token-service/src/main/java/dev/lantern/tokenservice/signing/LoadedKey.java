package dev.lantern.tokenservice.signing;

import dev.lantern.tokenservice.keys.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.ArrayList;
import java.util.List;

/// A key inside the chosen provider. Safe to share between threads; Ed25519 is deterministic, so
/// the same message always gets the same signature.
public final class LoadedKey {

  static final int SIGNATURE_BYTES = 64;

  private final SigningKey key;
  private final PrivateKey privateKey;
  private final PublicKey publicKey;
  private final Provider provider;

  LoadedKey(SigningKey key, PrivateKey privateKey, PublicKey publicKey, Provider provider) {
    this.key = key;
    this.privateKey = privateKey;
    this.publicKey = publicKey;
    this.provider = provider;
  }

  public SigningKey key() {
    return key;
  }

  /// One signature of 64 bytes for each message, in order.
  public List<byte[]> sign(List<byte[]> messages) {
    try {
      Signature signature = Signature.getInstance(Ed25519Engine.ALGORITHM, provider);
      signature.initSign(privateKey);
      List<byte[]> signatures = new ArrayList<>(messages.size());
      for (byte[] message : messages) {
        signature.update(message);
        signatures.add(signature.sign());
      }
      return signatures;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a proven key no longer signs: " + key.id().value(), e);
    }
  }

  /// Whether these exact bytes were signed by this key. A signature of a wrong length or shape is
  /// simply not one.
  public boolean verify(byte[] message, byte[] signature) {
    if (signature.length != SIGNATURE_BYTES) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance(Ed25519Engine.ALGORITHM, provider);
      verifier.initVerify(publicKey);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (SignatureException _) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a proven key no longer verifies: " + key.id().value(), e);
    }
  }

  void prove() throws GeneralSecurityException {
    byte[] probe = "lantern/probe/v1".getBytes(StandardCharsets.US_ASCII);
    if (!verify(probe, sign(List.of(probe)).getFirst())) {
      throw new InvalidKeyException("the private key is not the public key's");
    }
  }
}
