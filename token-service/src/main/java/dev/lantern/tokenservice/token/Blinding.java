package dev.lantern.tokenservice.token;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Random bytes for many leaves at once: AES-256 in counter mode under a key drawn from the
/// system's generator, another one after [#KEY_LIFE] draws. The generator itself costs more than
/// signing a leaf does. Not safe for threads.
final class Blinding {
  private static final int KEY_BYTES = 32;
  private static final int BLOCK = 16;
  private static final int KEY_LIFE = 10_000;

  private final SecureRandom random;
  private Cipher stream;
  private int drawn;

  Blinding(SecureRandom random) {
    this.random = random;
    this.stream = fresh(random);
  }

  byte[] draw(int bytes) {
    if (drawn++ == KEY_LIFE) {
      stream = fresh(random);
      drawn = 1;
    }
    // Counter mode keeps its place between updates, and gives as many bytes as it gets.
    return stream.update(new byte[bytes]);
  }

  private static Cipher fresh(SecureRandom random) {
    byte[] key = new byte[KEY_BYTES];
    byte[] start = new byte[BLOCK];
    random.nextBytes(key);
    random.nextBytes(start);
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(start));
      return cipher;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES in counter mode", e);
    }
  }
}
