package dev.lantern.tokenservice.token;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.lantern.sdk.token.MerkleTree;
import dev.lantern.sdk.token.TokenFormat;
import dev.lantern.sdk.token.TokenHashes;
import dev.lantern.token.v1.MerkleProof;
import dev.lantern.token.v1.SignedToken;
import dev.lantern.tokenservice.signing.LoadedKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/// Signs payloads of one lane, many at a time: one Ed25519 signature over a Merkle root for each
/// tree of at most `treeSize` leaves.
///
/// Ed25519 takes some 7 microseconds with the fastest provider, a leaf and its share of the nodes
/// less than one. Trees of 64 have paths of six hashes: larger ones save little more time and cost
/// every token bytes for ever. A payload alone gets a plain signature. Not safe for threads.
public final class BatchSigner {
  private final TokenFormat format;
  private final TokenHashes hashes;
  private final Blinding blinding;
  private final int treeSize;

  public BatchSigner(TokenFormat format, SecureRandom random, int treeSize) {
    if (treeSize < 2 || treeSize > TokenFormat.MAX_TREE) {
      throw new IllegalArgumentException("a tree has 2 to 1,024 leaves");
    }
    this.format = format;
    this.hashes = new TokenHashes(format);
    this.blinding = new Blinding(random);
    this.treeSize = treeSize;
  }

  /// Trees as even as can be, in the order of the payloads.
  public List<SignedBatch> sign(LoadedKey key, List<ByteString> payloads) {
    int trees = (payloads.size() + treeSize - 1) / treeSize;
    List<Unsigned> unsigned = new ArrayList<>(trees);
    int from = 0;
    for (int i = 0; i < trees; i++) {
      int to = (int) ((long) payloads.size() * (i + 1) / trees);
      unsigned.add(prepare(payloads.subList(from, to)));
      from = to;
    }
    List<byte[]> signatures = key.sign(unsigned.stream().map(Unsigned::message).toList());
    String keyId = key.key().id().value();
    List<SignedBatch> signed = new ArrayList<>(trees);
    for (int i = 0; i < trees; i++) {
      signed.add(unsigned.get(i).under(keyId, signatures.get(i)));
    }
    return signed;
  }

  private Unsigned prepare(List<ByteString> payloads) {
    return payloads.size() == 1 ? new Alone(payloads.getFirst()) : new Tree(payloads);
  }

  /// What becomes tokens with a signature over its message.
  private sealed interface Unsigned {
    byte[] message();

    SignedBatch under(String keyId, byte[] signature);
  }

  private final class Alone implements Unsigned {
    private final ByteString payload;

    Alone(ByteString payload) {
      this.payload = payload;
    }

    @Override
    public byte[] message() {
      return format.plainMessage(payload.toByteArray());
    }

    @Override
    public SignedBatch under(String keyId, byte[] signature) {
      SignedToken token =
          SignedToken.newBuilder()
              .setPayload(payload)
              .setKeyId(keyId)
              .setSignature(ByteString.copyFrom(signature))
              .build();
      return new SignedBatch(keyId, ByteString.copyFrom(hashes.plain(signature)), List.of(token));
    }
  }

  private final class Tree implements Unsigned {
    private final List<ByteString> payloads;
    private final byte[] blindings;
    private final MerkleTree tree;

    Tree(List<ByteString> payloads) {
      int size = payloads.size();
      this.payloads = payloads;
      this.blindings = blinding.draw(size * TokenFormat.BLINDING_BYTES);
      byte[] leaves = new byte[size * TokenFormat.HASH_BYTES];
      for (int i = 0; i < size; i++) {
        hashes.leaf(
            size,
            i,
            blindings,
            i * TokenFormat.BLINDING_BYTES,
            payloads.get(i).toByteArray(),
            leaves,
            i * TokenFormat.HASH_BYTES);
      }
      this.tree = MerkleTree.of(hashes, leaves);
    }

    @Override
    public byte[] message() {
      return format.rootMessage(payloads.size(), tree.root());
    }

    @Override
    public SignedBatch under(String keyId, byte[] signature) {
      ByteString rootSignature = UnsafeByteOperations.unsafeWrap(signature);
      List<SignedToken> tokens = new ArrayList<>(payloads.size());
      for (int i = 0; i < payloads.size(); i++) {
        tokens.add(
            SignedToken.newBuilder()
                .setPayload(payloads.get(i))
                .setKeyId(keyId)
                .setMerkle(
                    MerkleProof.newBuilder()
                        .addAllPath(tree.path(i))
                        .setLeafIndex(i)
                        .setTreeSize(payloads.size())
                        .setBlinding(
                            UnsafeByteOperations.unsafeWrap(
                                blindings,
                                i * TokenFormat.BLINDING_BYTES,
                                TokenFormat.BLINDING_BYTES))
                        .setRootSignature(rootSignature))
                .build());
      }
      return new SignedBatch(keyId, ByteString.copyFrom(tree.root()), tokens);
    }
  }
}
