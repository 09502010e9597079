package dev.lantern.proving.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.mesh.v1.ApplyPolicyRequest;
import dev.lantern.mesh.v1.GetPolicyRequest;
import dev.lantern.mesh.v1.PolicyDocument;
import dev.lantern.mesh.v1.PolicyServiceGrpc;
import dev.lantern.mesh.v1.SetSwitchRequest;
import dev.lantern.mesh.v1.SwitchServiceGrpc;
import dev.lantern.proving.clientlog.Told;
import dev.lantern.proving.edge.Edge;
import dev.lantern.proving.place.Operator;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// What SREs change takes effect at once, in Envoy and in the services, and can be taken back.
@Tag("e2e")
@ExtendWith(SharedStack.Running.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MeshE2eTest {
  private static final String LIMIT = "rain-grab-total.yaml";
  private static final Duration SWITCH_WITHIN = Duration.ofSeconds(1);
  private static final Duration LIMIT_WITHIN = Duration.ofSeconds(10);
  private static final Duration OPERATOR_WITHIN = Duration.ofSeconds(10);
  private static final int BURST = 40;

  private OpenRound round;
  private OpenRound.Person person;
  private Operator sre;

  @BeforeAll
  void begin() {
    round = SharedStack.round();
    person = round.person("mesh-1");
    sre = Operator.at(round.stack().controlPlane(), round.stack().operator(), "control-plane");
  }

  @AfterAll
  void end() {
    sre.close();
  }

  @Test
  void walletSwitch_degradesAndRestoresWithinASecond() {
    assertThat(OpenRound.certain(() -> wallet(round.json()))).isInstanceOf(Told.WalletShown.class);
    try {
      set("wallet.view", 0);
      assertWithin(SWITCH_WITHIN, () -> refusedFor(wallet(round.json()), "SWITCHED_OFF"));
      assertWithin(SWITCH_WITHIN, () -> refusedFor(wallet(round.grpc()), "SWITCHED_OFF"));
      Told.Refused json = (Told.Refused) wallet(round.json());
      assertThat(json.rule()).isNotEmpty();
      assertThat(json.retryMs()).isPositive();
      var _ = round.accepted(round.json(), person);
    } finally {
      set("wallet.view", 10_000);
    }
    assertWithin(SWITCH_WITHIN, () -> wallet(round.json()) instanceof Told.WalletShown);
  }

  @Test
  void dropSwitch_dropsEveryGrab_andLetsThemInAgain() {
    try {
      set("play.grab.drop", 10_000);
      assertWithin(SWITCH_WITHIN, () -> refusedFor(grab(round.json()), "DROPPED"));
      assertWithin(SWITCH_WITHIN, () -> refusedFor(grab(round.grpc()), "DROPPED"));
      assertThat(OpenRound.certain(() -> wallet(round.json())))
          .isInstanceOf(Told.WalletShown.class);
    } finally {
      set("play.grab.drop", 0);
    }
    assertWithin(SWITCH_WITHIN, () -> grab(round.json()) instanceof Told.Accepted);
  }

  @Test
  void changedLimit_takesEffectWithoutARestart() {
    PolicyDocument before =
        policies().getPolicy(GetPolicyRequest.getDefaultInstance()).getDocumentsList().stream()
            .filter(d -> d.getName().equals(LIMIT))
            .findFirst()
            .orElseThrow();
    assertThat(before.getYaml()).contains("rate: 20000/s, burst: 200ms");
    String tight = before.getYaml().replace("rate: 20000/s, burst: 200ms", "rate: 4/s, burst: 2s");
    try {
      apply(tight, "tight");
      assertWithin(LIMIT_WITHIN, () -> limited(round.json()) && limited(round.grpc()));
    } finally {
      apply(before.getYaml(), "back");
    }
    assertWithin(LIMIT_WITHIN, () -> !limited(round.json()));
  }

  /// Whether a burst of grabs, all at once, meets the limit.
  private boolean limited(Edge edge) {
    List<Future<Told>> calls;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      calls = IntStream.range(0, BURST).mapToObj(_ -> threads.submit(() -> grab(edge))).toList();
    }
    List<Told> limited =
        calls.stream().map(Future::resultNow).filter(told -> refusedFor(told, "LIMITED")).toList();
    assertThat(limited)
        .allSatisfy(told -> {
          Told.Refused refused = (Told.Refused) told;
          assertThat(refused.rule()).isEqualTo("rain-grab-total");
          assertThat(refused.retryMs()).isPositive();
        });
    return !limited.isEmpty();
  }

  private Told grab(Edge edge) {
    return edge.grab(person.session(), round.grab(OpenRound.OPEN));
  }

  private Told wallet(Edge edge) {
    return edge.wallet(person.session(), round.activityId(), "");
  }

  private void set(String name, int perTenThousand) {
    var _ =
        SwitchServiceGrpc.newBlockingStub(sre.channel())
            .withDeadlineAfter(OPERATOR_WITHIN)
            .setSwitch(
                SetSwitchRequest.newBuilder()
                    .setName(name)
                    .setPerTenThousand(perTenThousand)
                    .setAuthor("test")
                    .setReason("a test")
                    .build());
  }

  private void apply(String yaml, String why) {
    policies()
        .applyPolicy(
            ApplyPolicyRequest.newBuilder()
                .addAllDocuments(
                    List.of(PolicyDocument.newBuilder().setName(LIMIT).setYaml(yaml).build()))
                .setAuthor("test")
                .setReason(why)
                .setRequestId(round.activityId() + "-" + why)
                .build());
  }

  private PolicyServiceGrpc.PolicyServiceBlockingStub policies() {
    return PolicyServiceGrpc.newBlockingStub(sre.channel()).withDeadlineAfter(OPERATOR_WITHIN);
  }

  private static boolean refusedFor(Told told, String reason) {
    return told instanceof Told.Refused refused && refused.reason().equals(reason);
  }

  private static void assertWithin(Duration time, BooleanSupplier condition) {
    long end = System.nanoTime() + time.toNanos();
    boolean held = condition.getAsBoolean();
    while (!held && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      held = condition.getAsBoolean();
    }
    assertThat(held).as("within %s", time).isTrue();
  }
}
