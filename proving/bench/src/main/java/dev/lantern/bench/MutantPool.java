package dev.lantern.bench;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.lantern.common.v1.Lane;
import dev.lantern.token.v1.RedPacketToken;
import dev.lantern.token.v1.SignedToken;
import dev.lantern.tokenservice.keys.KeyLane;
import dev.lantern.tokenservice.keys.Purpose;
import dev.lantern.tokenservice.signing.LoadedKey;
import dev.lantern.tokenservice.token.BatchSigner;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Tokens that were really signed: alone and in trees of several sizes, by the rewards' key and by
/// those that mean nothing here.
final class MutantPool implements TokenMutant.Pool {
  private static final int[] TREES = {2, 3, 17, 64, 200};
  private static final int ALONE = 20;

  private final String keyId;
  private final List<SignedToken> plain;
  private final List<SignedToken> trees;
  private final List<SignedToken> otherLane;
  private final List<SignedToken> otherPurpose;
  private final List<SignedToken> strangers;

  MutantPool(TokenKeys keys, SecureRandom random) {
    this.keyId = keys.rewards().key().id().value();
    this.plain = alone(keys.signer(Lane.LANE_LIVE, 64), keys.rewards());
    this.trees = inTrees(keys, Lane.LANE_LIVE, keys.rewards());
    this.otherLane = inTrees(keys, Lane.LANE_STRESS, keys.of(Purpose.REWARD, KeyLane.STRESS));
    this.otherPurpose = inTrees(keys, Lane.LANE_LIVE, keys.of(Purpose.SESSION, KeyLane.LIVE));
    TokenKeys stranger = TokenKeys.fresh(random);
    this.strangers = inTrees(stranger, Lane.LANE_LIVE, stranger.rewards());
  }

  /// Every good one.
  List<SignedToken> good() {
    List<SignedToken> all = new ArrayList<>(plain);
    all.addAll(trees);
    return all;
  }

  @Override
  public SignedToken any(RandomGenerator random) {
    return random.nextInt(4) == 0 ? plain(random) : tree(random);
  }

  @Override
  public SignedToken tree(RandomGenerator random) {
    return one(trees, random);
  }

  @Override
  public SignedToken plain(RandomGenerator random) {
    return one(plain, random);
  }

  @Override
  public SignedToken otherLane(RandomGenerator random) {
    return one(otherLane, random);
  }

  @Override
  public SignedToken otherPurpose(RandomGenerator random) {
    return one(otherPurpose, random);
  }

  @Override
  public SignedToken strangers(RandomGenerator random) {
    return one(strangers, random);
  }

  @Override
  public RedPacketToken payload(SignedToken token) {
    try {
      return RedPacketToken.parseFrom(token.getPayload());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a signed payload is a token", e);
    }
  }

  @Override
  public byte[] relabelled(SignedToken token, RandomGenerator random) {
    return random.nextBoolean()
        ? token.toByteArray()
        : token.toBuilder().setKeyId(keyId).build().toByteArray();
  }

  private static SignedToken one(List<SignedToken> of, RandomGenerator random) {
    return of.get(random.nextInt(of.size()));
  }

  private static List<SignedToken> alone(BatchSigner signer, LoadedKey key) {
    List<SignedToken> tokens = new ArrayList<>();
    for (int i = 0; i < ALONE; i++) {
      tokens.addAll(signer.sign(key, TokenKeys.payloads(i, 1)).getFirst().tokens());
    }
    return tokens;
  }

  private static List<SignedToken> inTrees(TokenKeys keys, Lane lane, LoadedKey key) {
    List<SignedToken> tokens = new ArrayList<>();
    for (int size : TREES) {
      tokens.addAll(
          keys.signer(lane, size)
              .sign(key, TokenKeys.payloads(1_000L * size, size))
              .getFirst()
              .tokens());
    }
    return tokens;
  }
}
