package dev.lantern.tokenservice.keys;

import dev.lantern.stores.Secret;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;

/// Private keys at rest: sealed by a passphrase, as PKCS #8 has it (PBES2 with PBKDF2-HMAC-SHA-256
/// and AES-256-CBC), so that `openssl pkey` opens them. Whether the right key came out is proved
/// against the public key beside it.
public final class Sealing {
  /// What a passphrase has at least; it is meant to be random.
  public static final int LEAST = 16;

  private static final String ALGORITHM = "PBEWithHmacSHA256AndAES_256";
  private static final int ITERATIONS = 100_000;
  private static final int BLOCK = 16;

  private final Secret passphrase;
  private final SecureRandom random;

  public Sealing(Secret passphrase, SecureRandom random) {
    if (passphrase.value().length() < LEAST) {
      throw new IllegalArgumentException("a passphrase has at least " + LEAST + " characters");
    }
    this.passphrase = passphrase;
    this.random = random;
  }

  byte[] seal(byte[] pkcs8) {
    byte[] salt = new byte[BLOCK];
    byte[] start = new byte[BLOCK];
    random.nextBytes(salt);
    random.nextBytes(start);
    try {
      Cipher cipher = Cipher.getInstance(ALGORITHM);
      cipher.init(
          Cipher.ENCRYPT_MODE,
          key(),
          new PBEParameterSpec(salt, ITERATIONS, new IvParameterSpec(start)));
      // By the scheme's name: the JDK knows no object identifier for the algorithm's.
      AlgorithmParameters scheme = AlgorithmParameters.getInstance("PBES2");
      scheme.init(cipher.getParameters().getEncoded());
      return new EncryptedPrivateKeyInfo(scheme, cipher.doFinal(pkcs8)).getEncoded();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  /// @throws IllegalArgumentException when it is not sealed so, or by another passphrase
  byte[] open(byte[] sealed) {
    try {
      var info = new EncryptedPrivateKeyInfo(sealed);
      Cipher cipher = Cipher.getInstance(ALGORITHM);
      cipher.init(Cipher.DECRYPT_MODE, key(), info.getAlgParameters());
      return cipher.doFinal(info.getEncryptedData());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("the passphrase does not open it", e);
    }
  }

  private SecretKey key() throws GeneralSecurityException {
    var spec = new PBEKeySpec(passphrase.value().toCharArray());
    try {
      return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec);
    } finally {
      spec.clearPassword();
    }
  }
}
