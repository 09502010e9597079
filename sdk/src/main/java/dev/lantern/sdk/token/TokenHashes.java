package dev.lantern.sdk.token;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The hashes of one purpose's and lane's trees. Not safe for threads; cheap to make.
///
/// A leaf begins with 0x00, a node with 0x01, a plain signature's place in the signed-root log with
/// 0x02: no input of one kind is one of another. A leaf names its index and its tree's size, so
/// that a path cannot be read at another place, and is blinded: amounts are guessable, and a
/// sibling's hash in somebody's path must tell nothing.
public final class TokenHashes {
  private static final byte LEAF = 0;
  private static final byte NODE = 1;
  private static final byte PLAIN = 2;

  private final MessageDigest sha256 = sha256();
  private final byte[] head;
  private final byte[] node = new byte[1 + 2 * TokenFormat.HASH_BYTES];
  private final ByteBuffer place = ByteBuffer.allocate(2 * Integer.BYTES);

  public TokenHashes(TokenFormat format) {
    this.head = format.plainHead();
    this.node[0] = NODE;
  }

  /// `SHA-256(0x00 || context || 0x00 || tree_size || leaf_index || blinding || payload)`, written
  /// to `out` at `at`.
  public void leaf(
      int treeSize,
      int leafIndex,
      byte[] blinding,
      int blindingAt,
      byte[] payload,
      byte[] out,
      int at) {
    sha256.update(LEAF);
    sha256.update(head);
    place.clear().putInt(treeSize).putInt(leafIndex);
    sha256.update(place.array());
    sha256.update(blinding, blindingAt, TokenFormat.BLINDING_BYTES);
    sha256.update(payload);
    digest(out, at);
  }

  /// `SHA-256(0x01 || left || right)` of 32 bytes each.
  void node(byte[] left, int leftAt, byte[] right, int rightAt, byte[] out, int at) {
    System.arraycopy(left, leftAt, node, 1, TokenFormat.HASH_BYTES);
    System.arraycopy(right, rightAt, node, 1 + TokenFormat.HASH_BYTES, TokenFormat.HASH_BYTES);
    sha256.update(node);
    digest(out, at);
  }

  /// What stands for a plain signature in the signed-root log: `SHA-256(0x02 || signature)`.
  public byte[] plain(byte[] signature) {
    sha256.update(PLAIN);
    return sha256.digest(signature);
  }

  private void digest(byte[] out, int at) {
    try {
      var _ = sha256.digest(out, at, TokenFormat.HASH_BYTES);
    } catch (DigestException e) {
      throw new IllegalArgumentException("no room for a hash", e);
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
