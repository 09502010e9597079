package dev.lantern.proving.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import dev.lantern.mesh.v1.ListSwitchesRequest;
import dev.lantern.mesh.v1.ListSwitchesResponse;
import dev.lantern.mesh.v1.SetSwitchRequest;
import dev.lantern.mesh.v1.SwitchReader;
import dev.lantern.mesh.v1.SwitchServiceGrpc;
import dev.lantern.mesh.v1.SwitchServiceGrpc.SwitchServiceBlockingStub;
import dev.lantern.proving.place.Operator;
import dev.lantern.proving.place.StackAccess;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// After a turn every service and the edge obey the same, within a second, and say so themselves.
@Tag("e2e")
@ExtendWith(SharedStack.Running.class)
final class SwitchAgreementE2eTest {
  private static final Duration WITHIN = Duration.ofSeconds(10);
  private static final Duration SECOND = Duration.ofSeconds(1);

  /// Nobody's traffic depends on it.
  private static final String SWITCH = "order.inquiries";

  @Test
  void turn_isObeyedByEverybodyWithinASecond() {
    StackAccess stack = SharedStack.access();
    try (Operator operator = Operator.at(stack.mesh(), stack.operator(), "control-plane")) {
      await(operator, WITHIN);
      assertThat(list(operator).getReadersList())
          .extracting(SwitchReader::getName)
          .anyMatch(name -> name.startsWith("order-center/"))
          .anyMatch(name -> name.startsWith("wallet-api/"));
      assertThat(list(operator).getReadersList()).anyMatch(SwitchReader::getEnvoy);
      try {
        turn(operator, 0);
        await(operator, SECOND);
      } finally {
        turn(operator, 10_000);
      }
      await(operator, SECOND);
    }
  }

  private static void await(Operator operator, Duration time) {
    long end = System.nanoTime() + time.toNanos();
    ListSwitchesResponse now = list(operator);
    while (!now.getReadersList().stream()
        .filter(SwitchAgreementE2eTest::isThere)
        .allMatch(SwitchReader::getCurrent)) {
      assertThat(System.nanoTime()).as("%s", now.getReadersList()).isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      now = list(operator);
    }
  }

  /// Whoever has left is remembered for a minute, as it last was.
  private static boolean isThere(SwitchReader reader) {
    long silentMillis = System.currentTimeMillis() - Timestamps.toMillis(reader.getReportTime());
    return reader.getEnvoy() || silentMillis < 5_000;
  }

  private static ListSwitchesResponse list(Operator operator) {
    return stub(operator).listSwitches(ListSwitchesRequest.getDefaultInstance());
  }

  private static void turn(Operator operator, int perTenThousand) {
    var _ =
        stub(operator)
            .setSwitch(
                SetSwitchRequest.newBuilder()
                    .setName(SWITCH)
                    .setPerTenThousand(perTenThousand)
                    .setAuthor("trial")
                    .setReason("do all obey")
                    .build());
  }

  private static SwitchServiceBlockingStub stub(Operator operator) {
    return SwitchServiceGrpc.newBlockingStub(operator.channel())
        .withDeadlineAfter(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
  }
}
