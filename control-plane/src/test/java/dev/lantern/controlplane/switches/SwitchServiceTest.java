package dev.lantern.controlplane.switches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lantern.common.v1.Reason;
import dev.lantern.controlplane.audit.AuditEvent;
import dev.lantern.controlplane.audit.Signed;
import dev.lantern.controlplane.policy.About;
import dev.lantern.controlplane.policy.Origin;
import dev.lantern.controlplane.policy.Policy;
import dev.lantern.controlplane.policy.Rule;
import dev.lantern.mesh.v1.SetSwitchRequest;
import dev.lantern.mesh.v1.WatchSwitchesRequest;
import dev.lantern.runtime.errors.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SwitchServiceTest {
  private static final String VIEW = "wallet.view";

  private final Instant[] now = {Instant.parse("2027-02-05T12:00:00Z")};
  private final MemorySwitches store = new MemorySwitches();
  private final SwitchBoard board = new SwitchBoard(() -> now[0]);
  private final SwitchService service =
      new SwitchService(
          board, store, store, new Readers(() -> now[0]), List::of, () -> true, () -> now[0]);

  @BeforeEach
  void catalogue() {
    board.listen((table, _) -> service.tellWatchers(table));
    Rule.Switch view =
        Rule.Switch.of(About.of(VIEW, new Origin("s", 1, 1)), "hidden", 10_000, Optional.empty());
    board.catalogue(new Policy(List.of(view)));
  }

  @Test
  void turnThatRanOut_isWrittenDownAsEnded() {
    board.turn(store.append(turn(Duration.ofSeconds(10)), event()));
    now[0] = now[0].plusSeconds(10);
    service.settleRunOut();
    assertThat(store.newest())
        .singleElement()
        .satisfies(end -> {
          assertThat(end.perTenThousand()).isEqualTo(10_000);
          assertThat(end.expires()).isEmpty();
        });
    assertThat(board.table().runOut(now[0])).isEmpty();
  }

  /// The renewal is written down, and its answer has not reached this board yet.
  @Test
  void turnThatWasRenewedAsItRanOut_goesOn() {
    board.turn(store.append(turn(Duration.ofSeconds(10)), event()));
    now[0] = now[0].plusSeconds(10);
    SwitchChange renewed = store.append(turn(Duration.ofMinutes(10)), event());
    service.settleRunOut();
    assertThat(store.newest()).containsExactly(renewed);
    assertThat(board.table().values(now[0])).containsEntry(VIEW, 0);
  }

  @Test
  void watcher_isToldAtFirst_ofEachChange_andAgain() {
    var watching = new Watching();
    service.watch(WatchSwitchesRequest.getDefaultInstance(), watching);
    set(0);
    service.stayInTouch();
    assertThat(watching.told).hasSize(3);
    assertThat(watching.told.get(1)).isEqualTo(watching.told.get(2));
    assertThat(watching.last().getSwitches(0).getPerTenThousand()).isZero();
  }

  @Test
  void slowWatcher_isToldTheNewestOnly() {
    var watching = new Watching();
    service.watch(WatchSwitchesRequest.getDefaultInstance(), watching);
    watching.ready = false;
    set(0);
    service.stayInTouch();
    set(10_000);
    watching.ready();
    assertThat(watching.told).hasSize(2);
    assertThat(watching.last().getSwitches(0).getPerTenThousand()).isEqualTo(10_000);
  }

  /// A change that comes while the first message is made waits until the watcher is among those who
  /// are told.
  @Test
  void changeWhileAWatcherJoins_isNotMissed() throws InterruptedException {
    var watching = new Watching();
    Thread change = Thread.ofPlatform().unstarted(() -> set(0));
    watching.onJoin =
        () -> {
          change.start();
          while (change.getState() != Thread.State.BLOCKED && change.isAlive()) {
            Thread.onSpinWait();
          }
        };
    service.watch(WatchSwitchesRequest.getDefaultInstance(), watching);
    change.join();
    assertThat(watching.told).hasSize(2);
    assertThat(watching.last().getSwitches(0).getPerTenThousand()).isZero();
  }

  /// An expiry that nobody has told of yet is told by the tick, not by a message made in between.
  @Test
  void again_isWhatWasToldLast() {
    var watching = new Watching();
    board.turn(store.append(turn(Duration.ofSeconds(10)), event()));
    service.watch(WatchSwitchesRequest.getDefaultInstance(), watching);
    now[0] = now[0].plusSeconds(10);
    service.stayInTouch();
    assertThat(watching.told.get(0)).isEqualTo(watching.told.get(1));
    board.tick();
    assertThat(watching.last().getSwitches(0).getPerTenThousand()).isEqualTo(10_000);
  }

  @Test
  void refusedTurn_isInTheRecord() {
    SetSwitchRequest turn =
        SetSwitchRequest.newBuilder().setName("no.such").setReason("why").build();
    assertThat(refused(turn).reason()).isEqualTo(Reason.REASON_NOT_FOUND);
    assertThat(store.events)
        .singleElement()
        .satisfies(event -> {
          assertThat(event.action()).isEqualTo("switch.set");
          assertThat(event.subject()).isEqualTo("no.such");
          assertThat(event.outcome()).isEqualTo("NOT_FOUND");
        });
  }

  @Test
  void turnWithoutAReason_isRefused() {
    Refused refused = refused(SetSwitchRequest.newBuilder().setName(VIEW).setReason(" ").build());
    assertThat(refused.metadata()).containsEntry("field", "reason");
  }

  private Refused refused(SetSwitchRequest request) {
    return catchThrowableOfType(Refused.class, () -> service.set(request));
  }

  private void set(int perTenThousand) {
    service.set(
        SetSwitchRequest.newBuilder()
            .setName(VIEW)
            .setPerTenThousand(perTenThousand)
            .setReason("why")
            .build());
  }

  private SwitchChange turn(Duration lasting) {
    return new SwitchChange(0, VIEW, 0, "ann", "why", now[0], Optional.of(now[0].plus(lasting)));
  }

  private AuditEvent event() {
    return AuditEvent.of(now[0], "switch.set", VIEW, Signed.ourselves("why"), "done", "");
  }
}
