package dev.lantern.sdk.token;

import dev.lantern.common.v1.Lane;
import dev.lantern.token.v1.KeyPurpose;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// The bytes that are signed for one purpose and lane; docs/token-format.md is this in words.
///
/// The context stands inside everything that is signed, and holds no zero byte, so that the one
/// which ends it is unambiguous. Plain signatures and roots have contexts of their own: the one is
/// never taken for the other. We put it there ourselves since libraries disagree about Ed25519ctx.
public final class TokenFormat {
  /// The longest payload that is signed or verified.
  public static final int MAX_PAYLOAD = 2_048;

  public static final int SIGNATURE_BYTES = 64;
  public static final int HASH_BYTES = 32;
  public static final int BLINDING_BYTES = 16;
  public static final int MAX_TREE = 1_024;
  static final int MAX_PATH = 10;

  private final byte[] plainHead;
  private final byte[] rootHead;

  private TokenFormat(byte[] plainHead, byte[] rootHead) {
    this.plainHead = plainHead;
    this.rootHead = rootHead;
  }

  public static TokenFormat of(KeyPurpose purpose, Lane lane) {
    return new TokenFormat(
        ended(context(purpose, lane, "/v1")), ended(context(purpose, lane, "/root/v1")));
  }

  /// What a plain signature is over: `lantern/reward/live/v1 || 0x00 || payload`.
  public byte[] plainMessage(byte[] payload) {
    return ByteBuffer.allocate(plainHead.length + payload.length)
        .put(plainHead)
        .put(payload)
        .array();
  }

  /// What a root's signature is over: `lantern/reward/live/root/v1 || 0x00 || tree_size || root`.
  public byte[] rootMessage(int treeSize, byte[] root) {
    return ByteBuffer.allocate(rootHead.length + Integer.BYTES + root.length)
        .put(rootHead)
        .putInt(treeSize)
        .put(root)
        .array();
  }

  /// `lantern/reward/live/v1 || 0x00`.
  byte[] plainHead() {
    return plainHead.clone();
  }

  static String context(KeyPurpose purpose, Lane lane, String end) {
    return "lantern/%s/%s%s"
        .formatted(word(purpose.name(), "KEY_PURPOSE_"), word(lane.name(), "LANE_"), end);
  }

  private static byte[] ended(String context) {
    return (context + "\0").getBytes(StandardCharsets.US_ASCII);
  }

  private static String word(String name, String prefix) {
    return name.substring(prefix.length()).toLowerCase(Locale.ROOT);
  }
}
