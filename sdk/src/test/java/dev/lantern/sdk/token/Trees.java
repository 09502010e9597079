package dev.lantern.sdk.token;

import com.google.protobuf.ByteString;
import dev.lantern.common.v1.Lane;
import dev.lantern.token.v1.KeyPurpose;
import dev.lantern.token.v1.MerkleProof;
import dev.lantern.token.v1.PublicKey;
import dev.lantern.token.v1.RedPacketToken;
import dev.lantern.token.v1.SignedToken;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// A signer for tests, by the JDK, with a key of its own.
final class Trees {
  private static final String RFC_8032_SEED =
      "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
  private static final String RFC_8032_KEY =
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

  private final PrivateKey privateKey;
  private final ByteString publicKey;
  private final String keyId;

  private Trees(String keyId, PrivateKey privateKey, ByteString publicKey) {
    this.keyId = keyId;
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  /// With a key of its own.
  Trees(String keyId) {
    this(keyId, pair());
  }

  private Trees(String keyId, KeyPair pair) {
    this(keyId, pair.getPrivate(), raw(pair));
  }

  /// With the key of RFC 8032's first test.
  static Trees ofRfc8032(String keyId) {
    try {
      byte[] pkcs8 = HexFormat.of().parseHex("302e020100300506032b657004220420" + RFC_8032_SEED);
      return new Trees(
          keyId,
          KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)),
          ByteString.copyFrom(HexFormat.of().parseHex(RFC_8032_KEY)));
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException(absent);
    }
  }

  PublicKey key(KeyPurpose purpose, Lane lane) {
    return PublicKey.newBuilder()
        .setKeyId(keyId)
        .setPurpose(purpose)
        .setLane(lane)
        .setEd25519(publicKey)
        .build();
  }

  /// One token for each payload, under one root.
  List<SignedToken> tree(TokenFormat format, List<ByteString> payloads) {
    int size = payloads.size();
    var hashes = new TokenHashes(format);
    byte[] blindings = new byte[size * TokenFormat.BLINDING_BYTES];
    for (int i = 0; i < blindings.length; i++) {
      blindings[i] = (byte) (i * 31 + 7);
    }
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
    MerkleTree tree = MerkleTree.of(hashes, leaves);
    ByteString signature = sign(format.rootMessage(size, tree.root()));
    List<SignedToken> tokens = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      tokens.add(
          SignedToken.newBuilder()
              .setPayload(payloads.get(i))
              .setKeyId(keyId)
              .setMerkle(
                  MerkleProof.newBuilder()
                      .addAllPath(tree.path(i))
                      .setLeafIndex(i)
                      .setTreeSize(size)
                      .setBlinding(
                          ByteString.copyFrom(
                              blindings,
                              i * TokenFormat.BLINDING_BYTES,
                              TokenFormat.BLINDING_BYTES))
                      .setRootSignature(signature))
              .build());
    }
    return tokens;
  }

  SignedToken plain(TokenFormat format, ByteString payload) {
    return SignedToken.newBuilder()
        .setPayload(payload)
        .setKeyId(keyId)
        .setSignature(sign(format.plainMessage(payload.toByteArray())))
        .build();
  }

  ByteString sign(byte[] message) {
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initSign(privateKey);
      ed25519.update(message);
      return ByteString.copyFrom(ed25519.sign());
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException(absent);
    }
  }

  static RedPacketToken token(int i) {
    return Samples.TOKEN.toBuilder()
        .setActId(i + 1)
        .setOutTradeNo((i + 1) + "_rain-a7f3_1_1_3")
        .build();
  }

  static List<ByteString> payloads(int count) {
    List<ByteString> payloads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      payloads.add(token(i).toByteString());
    }
    return payloads;
  }

  private static ByteString raw(KeyPair pair) {
    byte[] x509 = pair.getPublic().getEncoded();
    return ByteString.copyFrom(Arrays.copyOfRange(x509, x509.length - 32, x509.length));
  }

  private static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException(absent);
    }
  }
}
