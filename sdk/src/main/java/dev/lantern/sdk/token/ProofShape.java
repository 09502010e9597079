package dev.lantern.sdk.token;

import com.google.protobuf.ByteString;
import dev.lantern.token.v1.MerkleProof;
import dev.lantern.token.v1.SignedToken;

/// Whether a token's parts can be a token at all, before anything is hashed.
final class ProofShape {
  private ProofShape() {}

  static boolean isSound(SignedToken token) {
    int length = token.getPayload().size();
    if (length == 0 || length > TokenFormat.MAX_PAYLOAD || hasMore(token.getUnknownFields())) {
      return false;
    }
    return switch (token.getProofCase()) {
      case SIGNATURE -> isSignature(token.getSignature());
      case MERKLE -> isSound(token.getMerkle());
      case PROOF_NOT_SET -> false;
    };
  }

  private static boolean isSound(MerkleProof proof) {
    int size = proof.getTreeSize();
    return !hasMore(proof.getUnknownFields())
        && size >= 2
        && size <= TokenFormat.MAX_TREE
        && proof.getLeafIndex() >= 0
        && proof.getLeafIndex() < size
        && proof.getPathCount() <= TokenFormat.MAX_PATH
        && proof.getPathList().stream().allMatch(hash -> hash.size() == TokenFormat.HASH_BYTES)
        && proof.getBlinding().size() == TokenFormat.BLINDING_BYTES
        && isSignature(proof.getRootSignature());
  }

  private static boolean isSignature(ByteString bytes) {
    return bytes.size() == TokenFormat.SIGNATURE_BYTES;
  }

  private static boolean hasMore(com.google.protobuf.UnknownFieldSet unknown) {
    return unknown.getSerializedSize() > 0;
  }
}
