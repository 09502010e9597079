package dev.lantern.sdk.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.lantern.common.v1.Lane;
import dev.lantern.token.v1.KeyPurpose;
import dev.lantern.token.v1.MerkleProof;
import dev.lantern.token.v1.SignedToken;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MerkleVerifierTest {
  private static final TokenFormat LIVE =
      TokenFormat.of(KeyPurpose.KEY_PURPOSE_REWARD, Lane.LANE_LIVE);
  private static final TokenFormat STRESS =
      TokenFormat.of(KeyPurpose.KEY_PURPOSE_REWARD, Lane.LANE_STRESS);

  private final Trees signer = new Trees("r1");
  private final TokenVerifier verifier =
      new TokenVerifier(
          List.of(signer.key(KeyPurpose.KEY_PURPOSE_REWARD, Lane.LANE_LIVE)), Lane.LANE_LIVE);

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 7, 8, 64, 100, 1_000, 1_024})
  void everyToken_ofATreeOfAnySize_isValid(int size) {
    List<SignedToken> tokens = signer.tree(LIVE, Trees.payloads(size));

    for (int i = 0; i < size; i += Math.max(1, size / 50)) {
      assertThat(verifier.verify(tokens.get(i))).isEqualTo(new TokenVerdict.Valid(Trees.token(i)));
      assertThat(verifier.verify(tokens.get(i).toByteArray()))
          .isEqualTo(new TokenVerdict.Valid(Trees.token(i)));
    }
  }

  @Test
  void path_asAnotherLeafs_orOfAnotherSize_isABadSignature() {
    SignedToken token = signer.tree(LIVE, Trees.payloads(5)).get(1);

    for (int index : new int[] {0, 2, 3}) {
      assertRefused(changed(token, proof -> proof.setLeafIndex(index)), TokenProblem.BAD_SIGNATURE);
    }
    for (int size : new int[] {4, 6, 8, 9}) {
      assertRefused(changed(token, proof -> proof.setTreeSize(size)), TokenProblem.BAD_SIGNATURE);
    }
    assertRefused(
        changed(token, proof -> proof.addPath(proof.getPath(0))), TokenProblem.BAD_SIGNATURE);
    assertRefused(changed(token, MerkleProof.Builder::clearPath), TokenProblem.BAD_SIGNATURE);
  }

  @Test
  void proof_outOfBounds_isMalformed() {
    SignedToken token = signer.tree(LIVE, Trees.payloads(5)).get(1);
    List<UnaryOperator<MerkleProof.Builder>> changes =
        List.of(
            proof -> proof.setLeafIndex(5),
            proof -> proof.setLeafIndex(-1),
            proof -> proof.setTreeSize(1),
            proof -> proof.setTreeSize(0),
            proof -> proof.setTreeSize(-5),
            proof -> proof.setTreeSize(1_025),
            proof -> proof.setBlinding(proof.getBlinding().substring(1)),
            proof -> proof.setBlinding(proof.getBlinding().concat(proof.getBlinding())),
            proof -> proof.setPath(0, proof.getPath(0).substring(1)),
            proof -> proof.setRootSignature(proof.getRootSignature().substring(1)),
            proof -> proof.setUnknownFields(unknown()));

    for (UnaryOperator<MerkleProof.Builder> change : changes) {
      assertRefused(changed(token, change), TokenProblem.MALFORMED);
    }
    assertRefused(token.toBuilder().setUnknownFields(unknown()).build(), TokenProblem.MALFORMED);
  }

  @Test
  void rootSignature_changedAfterItsRootIsRemembered_isABadSignature() {
    SignedToken token = signer.tree(LIVE, Trees.payloads(5)).get(1);
    assertThat(verifier.verify(token)).isInstanceOf(TokenVerdict.Valid.class);

    byte[] other = token.getMerkle().getRootSignature().toByteArray();
    other[3] ^= 1;

    assertRefused(
        changed(token, proof -> proof.setRootSignature(ByteString.copyFrom(other))),
        TokenProblem.BAD_SIGNATURE);
  }

  @Test
  void nodeOfATree_asAPayload_isNoToken() {
    SignedToken token = signer.tree(LIVE, Trees.payloads(4)).get(0);
    ByteString inner = token.getMerkle().getPath(0).concat(token.getMerkle().getPath(1));

    assertRefused(
        token.toBuilder()
            .setPayload(inner)
            .setMerkle(
                token.getMerkle().toBuilder()
                    .setTreeSize(2)
                    .setLeafIndex(0)
                    .clearPath()
                    .addPath(token.getMerkle().getPath(1)))
            .build(),
        TokenProblem.BAD_SIGNATURE);
  }

  @Test
  void rootOfAnotherLane_underTheRightKey_isABadSignature() {
    assertRefused(signer.tree(STRESS, Trees.payloads(3)).get(0), TokenProblem.BAD_SIGNATURE);
  }

  @Test
  void signatureOfARoot_asAPlainOne_isABadSignature() {
    SignedToken token = signer.tree(LIVE, Trees.payloads(3)).get(0);

    assertRefused(
        token.toBuilder().setSignature(token.getMerkle().getRootSignature()).build(),
        TokenProblem.BAD_SIGNATURE);
  }

  @Test
  void bytes_withAnythingTwice_isMalformed() {
    SignedToken token = signer.plain(LIVE, Trees.payloads(1).getFirst());
    SignedToken tree = signer.tree(LIVE, Trees.payloads(3)).get(0);
    assertThat(verifier.verify(token.toByteArray())).isInstanceOf(TokenVerdict.Valid.class);

    for (byte[] more :
        List.of(
            SignedToken.newBuilder().setKeyId("r1").build().toByteArray(),
            SignedToken.newBuilder().setSignature(token.getSignature()).build().toByteArray(),
            SignedToken.newBuilder().setMerkle(tree.getMerkle()).build().toByteArray(),
            unknown().toByteArray())) {
      assertThat(verifier.verify(joined(token.toByteArray(), more)))
          .isEqualTo(new TokenVerdict.Refused(TokenProblem.MALFORMED));
    }
  }

  @Test
  void presented_bySomebodyElse_orElsewhere_orTooEarly_isRefused() {
    SignedToken token = signer.plain(LIVE, Trees.payloads(1).getFirst());
    Instant opens = Instant.ofEpochSecond(Samples.TOKEN.getOpenTime().getSeconds());
    var good = new Presentation(1, Set.of("spring-demo-official"), opens);

    assertThat(verifier.verify(token, good)).isInstanceOf(TokenVerdict.Valid.class);
    assertThat(verifier.verify(token, new Presentation(2, Set.of(), opens)))
        .isEqualTo(new TokenVerdict.Refused(TokenProblem.WRONG_USER));
    assertThat(verifier.verify(token, new Presentation(1, Set.of("other"), opens)))
        .isEqualTo(new TokenVerdict.Refused(TokenProblem.WRONG_ACTIVITY));
    assertThat(verifier.verify(token, new Presentation(1, Set.of(), opens.minusSeconds(31))))
        .isEqualTo(new TokenVerdict.Refused(TokenProblem.NOT_OPEN));
  }

  private void assertRefused(SignedToken token, TokenProblem problem) {
    assertThat(verifier.verify(token)).isEqualTo(new TokenVerdict.Refused(problem));
  }

  private static SignedToken changed(SignedToken token, UnaryOperator<MerkleProof.Builder> change) {
    return token.toBuilder().setMerkle(change.apply(token.getMerkle().toBuilder())).build();
  }

  private static UnknownFieldSet unknown() {
    return UnknownFieldSet.newBuilder()
        .addField(15, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
        .build();
  }

  private static byte[] joined(byte[] first, byte[] second) {
    var joined = new ByteArrayOutputStream();
    joined.writeBytes(first);
    joined.writeBytes(second);
    return joined.toByteArray();
  }
}
