package dev.lantern.sdk.token;

import com.google.protobuf.ByteString;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Roots whose signature was verified, so that the next token of the same tree costs its hashes
/// alone. Safe for many threads, and without a lock.
///
/// Bounded: a root has one place, by its bytes, and pushes out what was there. Only roots that were
/// signed come in, so nobody outside chooses places. The signature is compared as well, byte by
/// byte: a token with another one is another token, and is verified as one.
public final class VerifiedRoots {
  public static final int MOST = 1 << 20;

  private final AtomicReferenceArray<Root> places;

  private record Root(String keyId, int treeSize, ByteString root, ByteString signature) {}

  /// @param size how many roots it holds at most, at about 300 bytes each: a power of two
  public VerifiedRoots(int size) {
    if (Integer.bitCount(size) != 1 || size > MOST) {
      throw new IllegalArgumentException("the size must be a power of two up to " + MOST);
    }
    this.places = new AtomicReferenceArray<>(size);
  }

  boolean holds(String keyId, int treeSize, byte[] root, ByteString signature) {
    Root known = places.get(place(root));
    return known != null
        && known.treeSize() == treeSize
        && known.keyId().equals(keyId)
        && known.root().equals(ByteString.copyFrom(root))
        && known.signature().equals(signature);
  }

  void add(String keyId, int treeSize, byte[] root, ByteString signature) {
    places.set(place(root), new Root(keyId, treeSize, ByteString.copyFrom(root), signature));
  }

  private int place(byte[] root) {
    int bits = (root[0] & 0xff) | (root[1] & 0xff) << 8 | (root[2] & 0xff) << 16;
    return bits & (places.length() - 1);
  }
}
