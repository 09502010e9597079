package dev.lantern.proving.downstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.common.v1.Lane;
import dev.lantern.downstream.v1.GrantRequest;
import dev.lantern.downstream.v1.GrantResponse;
import dev.lantern.downstream.v1.GrantResult;
import dev.lantern.downstream.v1.RewardDownstreamServiceGrpc;
import dev.lantern.order.v1.AwardType;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("engine")
class DownstreamProcessTest {
  private static final long START_WITHIN_NANOS = Duration.ofSeconds(30).toNanos();

  @TempDir Path folder;

  @Test
  void killedProcess_answersTheSameInItsNextLife() throws Exception {
    GrantResponse before = askAndKill(1);
    GrantResponse after = askAndKill(1);

    assertThat(before.getResult()).isEqualTo(GrantResult.GRANT_RESULT_GRANTED);
    assertThat(after).isEqualTo(before);
  }

  @Test
  void behaviour_isReadAnew() throws Exception {
    assertThat(askAndKill(1).getResult()).isEqualTo(GrantResult.GRANT_RESULT_GRANTED);
    Files.writeString(folder.resolve("behaviour"), "reject = 10000\n");
    assertThat(askAndKill(2).getResult()).isEqualTo(GrantResult.GRANT_RESULT_REJECTED);
  }

  private GrantResponse askAndKill(long user) throws IOException, InterruptedException {
    Files.deleteIfExists(folder.resolve("port"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    try {
      ManagedChannel channel =
          Grpc.newChannelBuilderForAddress(
                  "127.0.0.1", port(process), InsecureChannelCredentials.create())
              .build();
      try {
        return RewardDownstreamServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(10, TimeUnit.SECONDS)
            .grant(request(user));
      } finally {
        channel.shutdownNow();
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private int port(Process process) throws IOException {
    Path file = folder.resolve("port");
    long until = System.nanoTime() + START_WITHIN_NANOS;
    while (!Files.exists(file)) {
      if (!process.isAlive() || System.nanoTime() > until) {
        throw new AssertionError("not started: " + Files.readString(folder.resolve("log")));
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    return Integer.parseInt(Files.readString(file));
  }

  private static GrantRequest request(long user) {
    return GrantRequest.newBuilder()
        .setGrantId(user + "_rain-a7f3_1_10_3#1")
        .setActId(user)
        .setAwardType(AwardType.AWARD_TYPE_CINEMA_TICKET)
        .setRewardId("ticket")
        .setActivityId("spring-official")
        .setLane(Lane.LANE_LIVE)
        .build();
  }
}
