package dev.lantern.ordercenter.order;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256 over a list of fields, each preceded by its length, so that no two lists have the same
/// encoding.
public final class Digests {
  private final MessageDigest sha256;
  private final ByteBuffer eight = ByteBuffer.allocate(Long.BYTES);

  public Digests() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  public Digests add(String field) {
    byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
    addRaw(bytes.length);
    sha256.update(bytes);
    return this;
  }

  public Digests add(long field) {
    addRaw(Long.BYTES);
    addRaw(field);
    return this;
  }

  public byte[] finish() {
    return sha256.digest();
  }

  private void addRaw(long value) {
    sha256.update(eight.clear().putLong(value).flip());
  }
}
