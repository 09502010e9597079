package dev.lantern.sdk.token;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A tree of hashes over 2 to 1,024 leaves, of the shape of RFC 6962: neighbours are joined level
/// by level, and a last one without a neighbour goes up as it is. So a leaf's path has one hash for
/// each level at which it has a neighbour, and index and size alone say how many these are.
public final class MerkleTree {
  private static final int HASH = TokenFormat.HASH_BYTES;

  /// Each level's hashes, from the leaves to the root.
  private final List<List<ByteString>> levels;

  private MerkleTree(List<List<ByteString>> levels) {
    this.levels = levels;
  }

  /// The tree over these leaves.
  ///
  /// @param leaves their hashes, one after the other; not to be changed afterwards
  public static MerkleTree of(TokenHashes hashes, byte[] leaves) {
    int size = leaves.length / HASH;
    if (size < 2 || size > TokenFormat.MAX_TREE || leaves.length % HASH != 0) {
      throw new IllegalArgumentException("a tree has 2 to 1,024 leaves of 32 bytes");
    }
    var levels = new ArrayList<List<ByteString>>();
    byte[] level = leaves;
    levels.add(split(level));
    while (level.length > HASH) {
      level = joined(hashes, level);
      levels.add(split(level));
    }
    return new MerkleTree(levels);
  }

  public byte[] root() {
    return levels.getLast().getFirst().toByteArray();
  }

  /// The siblings of this leaf, from the leaf up.
  public List<ByteString> path(int index) {
    var path = new ArrayList<ByteString>(levels.size() - 1);
    int at = index;
    for (List<ByteString> level : levels.subList(0, levels.size() - 1)) {
      int neighbour = at ^ 1;
      if (neighbour < level.size()) {
        path.add(level.get(neighbour));
      }
      at >>= 1;
    }
    return path;
  }

  /// The root to which this leaf's path leads; empty when the path has not exactly the hashes that
  /// this index in a tree of this size has.
  public static Optional<byte[]> rootOf(
      TokenHashes hashes, byte[] leaf, int index, int size, List<ByteString> path) {
    if (index < 0 || index >= size || size > TokenFormat.MAX_TREE) {
      return Optional.empty();
    }
    byte[] hash = leaf.clone();
    byte[] sibling = new byte[HASH];
    int at = index;
    int used = 0;
    for (int width = size; width > 1; width = (width + 1) / 2, at >>= 1) {
      if ((at ^ 1) >= width) {
        continue;
      }
      if (used == path.size() || path.get(used).size() != HASH) {
        return Optional.empty();
      }
      path.get(used++).copyTo(sibling, 0);
      if ((at & 1) == 0) {
        hashes.node(hash, 0, sibling, 0, hash, 0);
      } else {
        hashes.node(sibling, 0, hash, 0, hash, 0);
      }
    }
    return used == path.size() ? Optional.of(hash) : Optional.empty();
  }

  private static byte[] joined(TokenHashes hashes, byte[] level) {
    int width = level.length / HASH;
    byte[] above = new byte[(width + 1) / 2 * HASH];
    for (int i = 0; i + 1 < width; i += 2) {
      hashes.node(level, i * HASH, level, (i + 1) * HASH, above, i / 2 * HASH);
    }
    if (width % 2 == 1) {
      System.arraycopy(level, (width - 1) * HASH, above, above.length - HASH, HASH);
    }
    return above;
  }

  /// Made once for each hash, however many paths it is in.
  private static List<ByteString> split(byte[] level) {
    var parts = new ArrayList<ByteString>(level.length / HASH);
    for (int at = 0; at < level.length; at += HASH) {
      parts.add(UnsafeByteOperations.unsafeWrap(level, at, HASH));
    }
    return parts;
  }
}
