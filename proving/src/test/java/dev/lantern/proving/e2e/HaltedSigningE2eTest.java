package dev.lantern.proving.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.lantern.bench.StolenKey;
import dev.lantern.common.v1.Lane;
import dev.lantern.play.v1.GrabResponse;
import dev.lantern.proving.place.Operator;
import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.present.Holder;
import dev.lantern.token.v1.RedPacketToken;
import dev.lantern.token.v1.SetSigningRequest;
import dev.lantern.token.v1.TokenServiceGrpc;
import dev.lantern.wallet.v1.PresentedState;
import dev.lantern.wallet.v1.PresentedToken;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What users see of a lane whose signing an alarm, or an operator, has halted: everything but the
/// token.
@Tag("e2e")
@ExtendWith(SharedStack.Running.class)
final class HaltedSigningE2eTest {
  private final StackAccess stack = SharedStack.access();
  private final OpenRound round = SharedStack.round();
  private final HttpClient http = HttpClient.newHttpClient();
  private final ManagedChannel channel =
      NettyChannelBuilder.forAddress(stack.edge().host(), stack.edge().port())
          .usePlaintext()
          .maxInboundMetadataSize(32 * 1024)
          .build();

  @AfterEach
  void close() {
    channel.shutdownNow();
    http.close();
  }

  @Test
  void haltedLane_acceptsWithoutTokens_untilAnOperatorLetsItGoOn() {
    assertThat(grab(holder("halted-1")).hasToken()).isTrue();
    Holder holder = holder("halted-2");

    assertThat(wasHalted(true)).isFalse();
    GrabResponse answer;
    try {
      answer = grab(holder);
    } finally {
      assertThat(wasHalted(false)).isTrue();
    }
    assertThat(answer.getOrderNo()).isNotEmpty();
    assertThat(answer.hasToken()).isFalse();

    GrabResponse again = grab(holder);
    assertThat(again.getOrderNo()).isEqualTo(answer.getOrderNo());
    assertThat(again.getReplayed()).isTrue();
    assertThat(again.hasToken()).isTrue();
  }

  @Test
  void tokensOfAStolenKey_areNotPaid_andHaltTheLane() throws InvalidProtocolBufferException {
    Holder thief = holder("thief-1");
    RedPacketToken own = RedPacketToken.parseFrom(grab(thief).getToken().getPayload());
    ByteString never = ofAnotherRound(own);
    StolenKey key =
        StolenKey.of(
            stack.home().resolve("conf").resolve("token-service.yaml"),
            new SecureRandom(),
            Instant.now());

    List<PresentedToken> answers = thief.present(key.sign(List.of(never, never)));

    boolean halted;
    try {
      assertThat(grab(holder("halted-3")).hasToken()).isFalse();
    } finally {
      halted = wasHalted(false);
    }
    assertThat(halted).isTrue();
    assertThat(answers)
        .hasSize(2)
        .allMatch(answer -> answer.getState() == PresentedState.PRESENTED_STATE_REFUSED)
        .allMatch(answer -> answer.getProblem().equals("UNLOGGED"));
    assertThat(thief.wallet(round.activityId(), List.of()).getBalanceFen())
        .isEqualTo(OpenRound.EACH_FEN);
  }

  /// The same user's, of a round in which nobody has taken part.
  private static ByteString ofAnotherRound(RedPacketToken token) {
    int rain = OpenRound.NOT_YET_OPEN;
    String number =
        token.getOutTradeNo().replaceFirst("_" + OpenRound.OPEN + "_", "_" + rain + "_");
    return token.toBuilder().setRainId(rain).setOutTradeNo(number).build().toByteString();
  }

  private boolean wasHalted(boolean halted) {
    try (Operator operator = Operator.at(stack.tokenService(), stack.operator(), "token-service")) {
      return TokenServiceGrpc.newBlockingStub(operator.channel())
          .setSigning(
              SetSigningRequest.newBuilder()
                  .setLane(Lane.LANE_LIVE)
                  .setHalted(halted)
                  .setReason("a test")
                  .build())
          .getWasHalted();
    }
  }

  private Holder holder(String name) {
    return Holder.open(channel, http, stack.edge(), round.app().of(name));
  }

  private GrabResponse grab(Holder holder) {
    return holder.grab(round.activityId(), round.sceneId(), OpenRound.OPEN);
  }
}
