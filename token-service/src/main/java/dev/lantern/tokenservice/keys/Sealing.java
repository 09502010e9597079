package dev.lantern.tokenservice.keys;

import com.google.protobuf.ByteString;
import dev.lantern.stores.Secret;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import org.jspecify.annotations.Nullable;

/// Private keys at rest: sealed by a passphrase, as PKCS #8 has it (PBES2 with PBKDF2-HMAC-SHA-256
/// and AES-256-CBC), so that `openssl pkey` opens them. Whether the right key came out is proved
/// against the public key beside it.
///
/// A guess at the passphrase costs a third of a second, and so does an opening: what was opened
/// once is remembered, for at most [#MOST_OPENED] keys, which are in memory anyway. Safe for many
/// threads.
public final class Sealing {
  /// What a passphrase has at least; it is meant to be random.
  public static final int LEAST = 16;

  private static final String ALGORITHM = "PBEWithHmacSHA256AndAES_256";
  private static final int ITERATIONS = 600_000;
  private static final int MOST_OPENED = 1_024;
  private static final int BLOCK = 16;

  private final Secret passphrase;
  private final SecureRandom random;
  private final Map<ByteString, byte[]> opened = new HashMap<>();

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
      byte[] sealed = new EncryptedPrivateKeyInfo(scheme, cipher.doFinal(pkcs8)).getEncoded();
      remember(sealed, pkcs8);
      return sealed;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  /// @throws IllegalArgumentException when it is not sealed so, or by another passphrase
  byte[] open(byte[] sealed) {
    byte[] known = known(sealed);
    if (known != null) {
      return known;
    }
    try {
      var info = new EncryptedPrivateKeyInfo(sealed);
      Cipher cipher = Cipher.getInstance(ALGORITHM);
      cipher.init(Cipher.DECRYPT_MODE, key(), info.getAlgParameters());
      byte[] pkcs8 = cipher.doFinal(info.getEncryptedData());
      remember(sealed, pkcs8);
      return pkcs8;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("the passphrase does not open it", e);
    }
  }

  private synchronized byte @Nullable [] known(byte[] sealed) {
    byte[] pkcs8 = opened.get(ByteString.copyFrom(sealed));
    return pkcs8 == null ? null : pkcs8.clone();
  }

  private synchronized void remember(byte[] sealed, byte[] pkcs8) {
    if (opened.size() == MOST_OPENED) {
      opened.clear();
    }
    opened.put(ByteString.copyFrom(sealed), pkcs8.clone());
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
