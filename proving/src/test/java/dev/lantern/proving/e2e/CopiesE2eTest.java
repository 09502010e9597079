package dev.lantern.proving.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.lantern.play.v1.GrabResponse;
import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.present.Holder;
import dev.lantern.token.v1.SignedToken;
import dev.lantern.wallet.v1.PresentedState;
import dev.lantern.wallet.v1.PresentedToken;
import dev.lantern.wallet.v1.Wallet;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Client copies through the edge, while nothing is lost.
@Tag("e2e")
@ExtendWith(SharedStack.Running.class)
final class CopiesE2eTest {
  private final OpenRound round = SharedStack.round();
  private final StackAccess.Address edge = SharedStack.access().edge();
  private final HttpClient http = HttpClient.newHttpClient();
  private final ManagedChannel channel =
      NettyChannelBuilder.forAddress(edge.host(), edge.port())
          .usePlaintext()
          .maxInboundMetadataSize(32 * 1024)
          .build();

  @AfterEach
  void close() {
    channel.shutdownNow();
    http.close();
  }

  @Test
  void copiesOfWhatTheServerHas_changeNothing_andWhatIsNotOwedIsRefused() {
    Holder holder = holder("copies-1");
    Holder other = holder("copies-2");
    GrabResponse mine = grab(holder);
    GrabResponse theirs = grab(other);
    SignedToken forged =
        mine.getToken().toBuilder()
            .setPayload(mine.getToken().getPayload().concat(ByteString.copyFromUtf8("x")))
            .build();
    List<SignedToken> tokens = List.of(mine.getToken(), theirs.getToken(), forged);

    for (List<PresentedToken> answers :
        List.of(holder.present(tokens), holder.presentAsJson(tokens))) {
      assertThat(answers).hasSize(3);
      assertThat(answers.getFirst().getOrderNo()).isEqualTo(mine.getOrderNo());
      assertThat(answers.getFirst().getState())
          .isIn(Set.of(PresentedState.PRESENTED_STATE_KEPT, PresentedState.PRESENTED_STATE_KNOWN));
      assertThat(answers.subList(1, 3))
          .allMatch(answer -> answer.getState() == PresentedState.PRESENTED_STATE_REFUSED)
          .extracting(PresentedToken::getProblem)
          .containsExactly("WRONG_USER", "BAD_SIGNATURE");
    }
    Wallet wallet = holder.wallet(round.activityId(), tokens);
    assertThat(wallet.getBalanceFen()).isEqualTo(OpenRound.EACH_FEN);
    assertThat(wallet.getDegradedSourcesList()).doesNotContain("copies");
  }

  private Holder holder(String name) {
    return Holder.open(channel, http, edge, round.app().of(name));
  }

  private GrabResponse grab(Holder holder) {
    GrabResponse answer = holder.grab(round.activityId(), round.sceneId(), OpenRound.OPEN);
    assertThat(answer.hasToken()).isTrue();
    return answer;
  }
}
