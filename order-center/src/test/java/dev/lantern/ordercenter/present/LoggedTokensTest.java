package dev.lantern.ordercenter.present;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.settle.Given;
import dev.lantern.sdk.token.KeySet;
import dev.lantern.sdk.token.TokenProblem;
import dev.lantern.sdk.token.TokenVerdict.Refused;
import dev.lantern.sdk.token.TokenVerdict.Valid;
import dev.lantern.token.v1.SignedToken;
import dev.lantern.token.v1.TokenVerdict;
import io.grpc.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What token-service is asked, and what of its answers counts.
final class LoggedTokensTest {
  private final Signed signed = new Signed();
  private final SignedToken token = signed.of(Given.of(1_001, 88, 7));
  private final List<List<SignedToken>> asked = new ArrayList<>();
  private String problem = "";
  private boolean away;
  private long now;
  private final LoggedTokens tokens =
      new LoggedTokens(
          new RewardKeys(
              () -> KeySet.of(signed.keys()), Lane.LANE_LIVE, () -> 0, () -> Instant.EPOCH),
          this::ask,
          () -> now);

  private List<TokenVerdict> ask(List<SignedToken> some) {
    asked.add(List.copyOf(some));
    if (away) {
      throw Status.UNAVAILABLE.asRuntimeException();
    }
    return some.stream()
        .map(_ -> TokenVerdict.newBuilder().setValid(problem.isEmpty()).setProblem(problem).build())
        .toList();
  }

  @Test
  void goodToken_isVerifiedAtHand_andConfirmedByTheLog() {
    assertThat(tokens.verify(token)).isInstanceOf(Valid.class);
    assertThat(asked).isEmpty();

    assertThat(tokens.confirm(List.of(token)).orElseThrow()).hasExactlyElementsOfTypes(Valid.class);
    problem = "UNLOGGED";
    assertThat(tokens.confirm(List.of(token)).orElseThrow())
        .containsExactly(new Refused(TokenProblem.UNLOGGED));
    assertThat(asked).containsExactly(List.of(token), List.of(token));
  }

  @Test
  void nothingIsConfirmed_byNobody_orInAWordWeDoNotKnow() {
    away = true;
    assertThat(tokens.confirm(List.of(token))).isEmpty();
    away = false;
    for (String word : List.of("SOMETHING_NEWER", "UNKNOWN_KEY")) {
      problem = word;
      assertThat(tokens.confirm(List.of(token))).isEmpty();
    }
  }

  @Test
  void forgeries_areTold_onceASecond_boundedInNumberAndSize() {
    problem = "BAD_SIGNATURE";
    List<SignedToken> forged = new ArrayList<>();
    for (int i = 0; i < 3 * LoggedTokens.MOST_TOLD; i++) {
      forged.add(
          token.toBuilder()
              .setSignature(ByteString.copyFrom(new byte[64]))
              .setKeyId("k" + i)
              .build());
    }
    forged.forEach(one -> assertThat(tokens.verify(one)).isInstanceOf(Refused.class));
    assertThat(asked).containsExactly(List.of(forged.getFirst()));

    now = LoggedTokens.BETWEEN.toNanos();
    var large = token.toBuilder().setPayload(ByteString.copyFrom(new byte[60_000])).build();
    assertThat(tokens.verify(large)).isEqualTo(new Refused(TokenProblem.MALFORMED));
    assertThat(asked.getLast()).isEqualTo(forged.subList(1, 1 + LoggedTokens.MOST_TOLD));

    now = 2 * LoggedTokens.BETWEEN.toNanos();
    away = true;
    assertThat(tokens.judge(large)).contains(new Refused(TokenProblem.MALFORMED));
    assertThat(asked.getLast()).containsExactly(SignedToken.getDefaultInstance());
  }
}
