package dev.lantern.bench;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.lantern.token.v1.MerkleProof;
import dev.lantern.token.v1.RedPacketToken;
import dev.lantern.token.v1.SignedToken;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// Ways to make a token that nobody signed out of tokens that somebody did. Each knows the format:
/// a change that breaks the framing alone would test the parser alone.
enum TokenMutant {
  /// A bit, or a few, anywhere.
  FLIPPED {
    @Override
    byte[] of(Pool pool, RandomGenerator random) {
      byte[] bytes = pool.any(random).toByteArray();
      for (int i = random.nextInt(3); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
      return bytes;
    }
  },
  /// Less of it.
  TRUNCATED {
    @Override
    byte[] of(Pool pool, RandomGenerator random) {
      byte[] bytes = pool.any(random).toByteArray();
      return Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }
  },
  /// More of it: what is there again, another's part, or a field that there is not.
  EXTENDED {
    @Override
    byte[] of(Pool pool, RandomGenerator random) {
      SignedToken token = pool.any(random);
      SignedToken other = pool.any(random);
      ByteString more =
          switch (random.nextInt(4)) {
            case 0 -> token.toByteString();
            case 1 ->
                SignedToken.newBuilder().setPayload(other.getPayload()).build().toByteString();
            case 2 -> other.toBuilder().clearPayload().clearKeyId().build().toByteString();
            default -> unknown(random).toByteString();
          };
      return token.toByteString().concat(more).toByteArray();
    }
  },
  /// The bytes between the fields in another spelling of the same.
  RESPELLED {
    @Override
    byte[] of(Pool pool, RandomGenerator random) {
      SignedToken token = pool.any(random);
      byte[] bytes = token.toByteArray();
      // The payload's length, some 110, takes one byte; here it takes two or more.
      int length = token.getPayload().size();
      int more = 1 + random.nextInt(3);
      byte[] longer = new byte[bytes.length + more];
      longer[0] = bytes[0];
      longer[1] = (byte) (length | 0x80);
      Arrays.fill(longer, 2, 1 + more, (byte) 0x80);
      longer[1 + more] = 0;
      System.arraycopy(bytes, 2, longer, 2 + more, bytes.length - 2);
      return longer;
    }
  },
  /// For somebody else, more money, another order, round or outcome.
  RETARGETED {
    @Override
    byte[] of(Pool pool, RandomGenerator random) {
      SignedToken token = pool.any(random);
      RedPacketToken.Builder payload = pool.payload(token).toBuilder();
      switch (random.nextInt(7)) {
        case 0 -> payload.setActId(payload.getActId() + 1 + random.nextInt(1_000));
        case 1 -> payload.setAmount(payload.getAmount() + 1 + random.nextInt(1_000_000));
        case 2 -> payload.setOutTradeNo(payload.getOutTradeNo() + random.nextInt(10));
        case 3 -> payload.setRainId(payload.getRainId() + 1 + random.nextInt(9));
        case 4 -> payload.setRequestedAmount(payload.getRequestedAmount() + 1);
        case 5 -> payload.setFallback(!payload.getFallback());
        default -> payload.setLeaseId(random.nextLong(Long.MAX_VALUE));
      }
      return token.toBuilder().setPayload(payload.build().toByteString()).build().toByteArray();
    }
  },
  /// One's payload under another's proof.
  SPLICED {
    @Override
    byte[] of(Pool pool, RandomGenerator random) {
      SignedToken token = pool.any(random);
      SignedToken other = pool.any(random);
      return token.toBuilder().setPayload(other.getPayload()).build().toByteArray();
    }
  },
  /// Another place, size, path, blinding or signature of its tree.
  REPROVED {
    @Override
    byte[] of(Pool pool, RandomGenerator random) {
      SignedToken token = pool.tree(random);
      MerkleProof other = pool.tree(random).getMerkle();
      MerkleProof.Builder proof = token.getMerkle().toBuilder();
      List<ByteString> path = new ArrayList<>(proof.getPathList());
      switch (random.nextInt(8)) {
        case 0 -> proof.setLeafIndex(random.nextInt(-1, 1_100));
        case 1 -> proof.setTreeSize(random.nextInt(-1, 1_100));
        case 2 -> path.remove(random.nextInt(path.size()));
        case 3 -> path.add(random.nextInt(path.size() + 1), path.getFirst());
        case 4 -> path.set(random.nextInt(path.size()), bytes(random, 32));
        case 5 -> proof.setBlinding(bytes(random, random.nextInt(40)));
        case 6 -> proof.setRootSignature(other.getRootSignature());
        default -> proof.setRootSignature(bytes(random, 64));
      }
      proof.clearPath().addAllPath(path);
      return token.toBuilder().setMerkle(proof).build().toByteArray();
    }
  },
  /// One kind of proof as the other.
  RECAST {
    @Override
    byte[] of(Pool pool, RandomGenerator random) {
      SignedToken tree = pool.tree(random);
      SignedToken plain = pool.plain(random);
      return random.nextBoolean()
          ? tree.toBuilder().setSignature(tree.getMerkle().getRootSignature()).build().toByteArray()
          : plain.toBuilder()
              .setMerkle(tree.getMerkle().toBuilder().setRootSignature(plain.getSignature()))
              .build()
              .toByteArray();
    }
  },
  /// Another lane's, by its key id and by ours.
  CROSS_LANE {
    @Override
    byte[] of(Pool pool, RandomGenerator random) {
      return pool.relabelled(pool.otherLane(random), random);
    }
  },
  /// Signed with the session key.
  CROSS_PURPOSE {
    @Override
    byte[] of(Pool pool, RandomGenerator random) {
      return pool.relabelled(pool.otherPurpose(random), random);
    }
  },
  /// Signed with a stranger's key.
  WRONG_KEY {
    @Override
    byte[] of(Pool pool, RandomGenerator random) {
      return pool.relabelled(pool.strangers(random), random);
    }
  },
  /// A good one, presented by somebody else, at another activity or before its round.
  REPLAYED {
    @Override
    byte[] of(Pool pool, RandomGenerator random) {
      return pool.any(random).toByteArray();
    }
  };

  /// One of them.
  abstract byte[] of(Pool pool, RandomGenerator random);

  /// Tokens to start from.
  interface Pool {
    /// A good one.
    SignedToken any(RandomGenerator random);

    SignedToken tree(RandomGenerator random);

    SignedToken plain(RandomGenerator random);

    SignedToken otherLane(RandomGenerator random);

    SignedToken otherPurpose(RandomGenerator random);

    SignedToken strangers(RandomGenerator random);

    RedPacketToken payload(SignedToken token);

    /// Under its own key id, or under that of the rewards' live key.
    byte[] relabelled(SignedToken token, RandomGenerator random);
  }

  private static UnknownFieldSet unknown(RandomGenerator random) {
    var field = UnknownFieldSet.Field.newBuilder().addVarint(random.nextLong()).build();
    return UnknownFieldSet.newBuilder().addField(5 + random.nextInt(1_000), field).build();
  }

  private static ByteString bytes(RandomGenerator random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }
}
