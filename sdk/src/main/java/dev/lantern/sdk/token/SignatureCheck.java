package dev.lantern.sdk.token;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;

/// One public key's verdict over signatures.
@FunctionalInterface
public interface SignatureCheck {
  /// Whether these exact bytes were signed by the key; false for what cannot be a signature.
  boolean holds(byte[] message, byte[] signature);

  /// By the JDK's own Ed25519, which refuses scalars out of range.
  static SignatureCheck byJdk(PublicKey key) {
    return (message, signature) -> {
      try {
        Signature ed25519 = Signature.getInstance("Ed25519");
        ed25519.initVerify(key);
        ed25519.update(message);
        return ed25519.verify(signature);
      } catch (SignatureException notASignature) {
        return false; // bytes that cannot be one: a point or a scalar out of range
      } catch (NoSuchAlgorithmException | InvalidKeyException absent) {
        throw new IllegalStateException("every JDK verifies Ed25519", absent);
      }
    };
  }
}
