package dev.lantern.sdk.token;

import dev.lantern.common.v1.Lane;
import dev.lantern.token.v1.KeyPurpose;
import dev.lantern.token.v1.MerkleProof;
import dev.lantern.token.v1.SignedToken;
import java.util.Optional;

/// What of a proof stands in the signed-root log.
public final class ProofRoots {
  private ProofRoots() {}

  /// The log's root for this reward token, if its proof leads to one; nothing is verified here.
  public static Optional<byte[]> of(Lane lane, SignedToken token) {
    if (!ProofShape.isSound(token)) {
      return Optional.empty();
    }
    var format = TokenFormat.of(KeyPurpose.KEY_PURPOSE_REWARD, lane);
    return switch (token.getProofCase()) {
      case SIGNATURE ->
          Optional.of(new TokenHashes(format).plain(token.getSignature().toByteArray()));
      case MERKLE -> of(format, token.getPayload().toByteArray(), token.getMerkle());
      case PROOF_NOT_SET -> Optional.empty();
    };
  }

  /// The root to which a sound proof's path leads.
  static Optional<byte[]> of(TokenFormat format, byte[] payload, MerkleProof proof) {
    var hashes = new TokenHashes(format);
    byte[] leaf = new byte[TokenFormat.HASH_BYTES];
    hashes.leaf(
        proof.getTreeSize(),
        proof.getLeafIndex(),
        proof.getBlinding().toByteArray(),
        0,
        payload,
        leaf,
        0);
    return MerkleTree.rootOf(
        hashes, leaf, proof.getLeafIndex(), proof.getTreeSize(), proof.getPathList());
  }
}
