package dev.lantern.sdk.token;

import com.google.protobuf.ByteString;
import dev.lantern.token.v1.SignedRoot;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/// The links of the signed-root log: a row's hash covers everything the row says and the hash
/// before it, so that no row of a chain can be changed, taken out or put in without changing all
/// after it.
public final class RootLink {
  /// What precedes a chain's first row.
  public static final ByteString NONE = ByteString.copyFrom(new byte[TokenFormat.HASH_BYTES]);

  private static final int DIGEST_BYTES = 8;
  private static final byte[] HEAD = "lantern/signed-root/v1\0".getBytes(StandardCharsets.US_ASCII);

  private RootLink() {}

  /// `SHA-256(lantern/signed-root/v1 || 0x00 || previous_hash || sequence || total || size || root
  /// || sign_time in microseconds || len(chain) || chain || len(key_id) || key_id ||
  /// SHA-256(order_digests))`, numbers big-endian: 8 bytes, the size and lengths 4.
  public static byte[] hash(SignedRoot row) {
    byte[] chain = row.getChain().getBytes(StandardCharsets.UTF_8);
    byte[] keyId = row.getKeyId().getBytes(StandardCharsets.UTF_8);
    long micros =
        Math.addExact(
            Math.multiplyExact(row.getSignTime().getSeconds(), 1_000_000L),
            row.getSignTime().getNanos() / 1_000);
    MessageDigest sha256 = TokenHashes.sha256();
    sha256.update(HEAD);
    sha256.update(row.getPreviousHash().toByteArray());
    sha256.update(numbers(row.getSequence(), row.getTotal(), row.getSize()));
    sha256.update(row.getRoot().toByteArray());
    sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(micros).array());
    sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(chain.length).array());
    sha256.update(chain);
    sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(keyId.length).array());
    sha256.update(keyId);
    byte[] digests = TokenHashes.sha256().digest(row.getOrderDigests().toByteArray());
    return sha256.digest(digests);
  }

  /// Whether this row follows that one: the next sequence, the sum, the link and its own hash.
  public static boolean follows(SignedRoot row, SignedRoot before) {
    return row.getChain().equals(before.getChain())
        && row.getSequence() == before.getSequence() + 1
        && row.getTotal() == before.getTotal() + row.getSize()
        && row.getPreviousHash().equals(before.getHash())
        && isWhole(row);
  }

  /// Whether a row's hash is over what it says, and it says something for each of its tokens.
  public static boolean isWhole(SignedRoot row) {
    return row.getSize() > 0
        && row.getOrderDigests().size() == row.getSize() * DIGEST_BYTES
        && row.getHash().equals(ByteString.copyFrom(hash(row)));
  }

  /// A token's trace in the log: the first 8 bytes of its order number's SHA-256.
  public static byte[] orderDigest(String orderNo) {
    return Arrays.copyOf(
        TokenHashes.sha256().digest(orderNo.getBytes(StandardCharsets.UTF_8)), DIGEST_BYTES);
  }

  private static byte[] numbers(long sequence, long total, int size) {
    return ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES)
        .putLong(sequence)
        .putLong(total)
        .putInt(size)
        .array();
  }
}
