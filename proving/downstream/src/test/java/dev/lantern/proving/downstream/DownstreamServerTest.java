package dev.lantern.proving.downstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lantern.common.v1.Lane;
import dev.lantern.downstream.v1.GetGrantRequest;
import dev.lantern.downstream.v1.GrantRequest;
import dev.lantern.downstream.v1.GrantResponse;
import dev.lantern.downstream.v1.GrantResult;
import dev.lantern.downstream.v1.RewardDownstreamServiceGrpc;
import dev.lantern.downstream.v1.RewardDownstreamServiceGrpc.RewardDownstreamServiceBlockingStub;
import dev.lantern.order.v1.AwardType;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownstreamServerTest {
  @TempDir Path folder;
  private volatile Behaviour behaviour = Behaviour.GOOD;

  @Test
  void sameId_isGivenOnce_andAnsweredTheSame_alsoByTheNextLife() {
    GrantResponse first = with(stub -> stub.grant(request(1)));
    GrantResponse again = with(stub -> stub.grant(request(1)));

    assertThat(first.getResult()).isEqualTo(GrantResult.GRANT_RESULT_GRANTED);
    assertThat(again).isEqualTo(first);
  }

  @Test
  void lostReply_theWorkIsDone() {
    behaviour = Behaviour.GOOD.losing(10_000);
    StatusRuntimeException lost =
        with(stub ->
            catchThrowableOfType(
                StatusRuntimeException.class,
                () -> stub.withDeadlineAfter(2, TimeUnit.SECONDS).grant(request(1))));
    assertThat(lost.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);

    assertThat(
            with(stub ->
                    stub.getGrant(
                        GetGrantRequest.newBuilder().setGrantId(request(1).getGrantId()).build()))
                .getResult())
        .isEqualTo(GrantResult.GRANT_RESULT_GRANTED);
  }

  @Test
  void failure_leavesNothing() {
    behaviour = Behaviour.GOOD.failing(10_000);
    StatusRuntimeException failed =
        with(stub ->
            catchThrowableOfType(StatusRuntimeException.class, () -> stub.grant(request(1))));
    StatusRuntimeException unknown =
        with(stub ->
            catchThrowableOfType(
                StatusRuntimeException.class,
                () ->
                    stub.getGrant(
                        GetGrantRequest.newBuilder().setGrantId(request(1).getGrantId()).build())));

    assertThat(failed.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(unknown.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void stockGone_soldOutForEver_alsoOnceThereIsMore() {
    behaviour = Behaviour.GOOD.withStock(0);
    assertThat(with(stub -> stub.grant(request(1))).getResult())
        .isEqualTo(GrantResult.GRANT_RESULT_SOLD_OUT);
    behaviour = Behaviour.GOOD;
    assertThat(with(stub -> stub.grant(request(1))).getResult())
        .isEqualTo(GrantResult.GRANT_RESULT_SOLD_OUT);
    assertThat(with(stub -> stub.grant(request(2))).getResult())
        .isEqualTo(GrantResult.GRANT_RESULT_GRANTED);
  }

  @Test
  void lineCutShort_wasNoAnswer() throws IOException {
    var _ = with(stub -> stub.grant(request(1)));
    Files.writeString(folder.resolve("grants.log"), "2_rain", StandardOpenOption.APPEND);

    assertThat(with(stub -> stub.grant(request(2))).getReference()).isEqualTo("ref-2");
  }

  /// Against a life of its own.
  private <T> T with(Function<RewardDownstreamServiceBlockingStub, T> call) {
    try (DownstreamServer server =
        DownstreamServer.start(0, folder.resolve("grants.log"), () -> behaviour)) {
      ManagedChannel channel =
          Grpc.newChannelBuilderForAddress(
                  "127.0.0.1", server.port(), InsecureChannelCredentials.create())
              .build();
      try {
        return call.apply(RewardDownstreamServiceGrpc.newBlockingStub(channel));
      } finally {
        channel.shutdownNow();
      }
    }
  }

  private static GrantRequest request(long user) {
    return GrantRequest.newBuilder()
        .setGrantId(user + "_rain-a7f3_1_10_3#1")
        .setActId(user)
        .setAwardType(AwardType.AWARD_TYPE_CINEMA_TICKET)
        .setTemplateId("t-9")
        .setRewardId("ticket")
        .setActivityId("spring-official")
        .setLane(Lane.LANE_LIVE)
        .build();
  }
}
