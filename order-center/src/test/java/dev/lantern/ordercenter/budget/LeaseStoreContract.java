package dev.lantern.ordercenter.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.budget.LeaseStore.GrantRequest;
import dev.lantern.ordercenter.budget.LeaseStore.Granting;
import dev.lantern.ordercenter.budget.LeaseStore.Granting.Granted;
import dev.lantern.ordercenter.budget.LeaseStore.Standing;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.stores.sql.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// What every [LeaseStore] does.
abstract class LeaseStoreContract {
  private static final LogName LOG = new LogName(Lane.LANE_LIVE, 1, "topic", "id-1", 8);
  private static final String ME = "api-1/a";

  /// A store with the one budget `main` of 1,000 and nothing else.
  abstract LeaseStore store();

  /// As settlement's closing does.
  abstract void close(LeaseId lease, long booked);

  @Test
  void grant_movesASliceFromFreeToTheLease() {
    LeaseStore store = store();
    Granted granted = granted(store.grant(request(1, 88, 500)));
    assertThat(granted.slice()).isEqualTo(new Fen(250));
    assertThat(granted.standing().free()).isEqualTo(new Fen(750));
    assertThat(store.standings(List.of("main", "none")))
        .containsOnlyKeys("main")
        .containsValue(new Standing(new Fen(1_000), new Fen(750), 1));
  }

  @Test
  void grant_ofMoreThanIsFree_changesNothing_andSaysWhatIsLeft() {
    LeaseStore store = store();
    assertThat(store.grant(request(1, 1_001, 2_000)))
        .isEqualTo(new Granting.TooLittle(new Standing(new Fen(1_000), new Fen(1_000), 0)));
    store.grant(request(2, 700, 700));
    assertThat(store.grant(request(3, 301, 301)))
        .isEqualTo(new Granting.TooLittle(new Standing(new Fen(1_000), new Fen(300), 1)));
    assertThat(store.heartbeat(ME, List.of(new LeaseId(3)))).isEmpty();
  }

  @Test
  void grant_onNoBudget_isSaid() {
    GrantRequest request =
        new GrantRequest(
            new LeaseId(1), "none", ME, new Fen(1), new Fen(1), 4, LOG, Duration.ofSeconds(10));
    assertThat(store().grant(request)).isInstanceOf(Granting.NoBudget.class);
  }

  @Test
  void heartbeat_findsTheHoldersOpenLeases_only() {
    LeaseStore store = store();
    store.grant(request(1, 10, 10));
    store.grant(request(2, 10, 10));
    List<LeaseId> both = List.of(new LeaseId(1), new LeaseId(2));
    assertThat(store.heartbeat(ME, both)).containsExactlyInAnyOrderElementsOf(both);
    assertThat(store.heartbeat("api-1/b", both)).isEmpty();
    assertThat(store.heartbeat(ME, List.of())).isEmpty();

    store.retire(new LeaseId(1), new Fen(0));
    assertThat(store.heartbeat(ME, both)).isEqualTo(Set.of(new LeaseId(2)));
  }

  @Test
  void retire_returnsTheRest_atMostOnce() {
    LeaseStore store = store();
    store.grant(request(1, 100, 200));
    store.retire(new LeaseId(1), new Fen(150));
    store.retire(new LeaseId(1), new Fen(150));
    store.retire(new LeaseId(77), new Fen(5));
    assertThat(store.standings(List.of("main")))
        .containsValue(new Standing(new Fen(1_000), new Fen(950), 1));

    close(new LeaseId(1), 30);
    assertThat(store.standings(List.of("main")))
        .containsValue(new Standing(new Fen(1_000), new Fen(970), 0));
  }

  @Test
  void allClosed_holdsForClosedAndUnknownLeases() {
    LeaseStore store = store();
    store.grant(request(1, 100, 100));
    assertThat(store.allClosed(List.of())).isTrue();
    assertThat(store.allClosed(List.of(99L))).isTrue();
    assertThat(store.allClosed(List.of(1L, 99L))).isFalse();
    store.retire(new LeaseId(1), new Fen(100));
    assertThat(store.allClosed(List.of(1L))).isFalse();
    close(new LeaseId(1), 0);
    assertThat(store.allClosed(List.of(1L))).isTrue();
  }

  @Test
  void grantsAtOnce_neverExceedTheBudget_andReachItsEnd() throws Exception {
    LeaseStore store = store();
    long granted = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Granting>> grants = new ArrayList<>();
      for (int i = 1; i <= 60; i++) {
        int id = i;
        grants.add(threads.submit(() -> patiently(store, request(id, 20, 50))));
      }
      for (Future<Granting> grant : grants) {
        granted += grant.get() instanceof Granted got ? got.slice().value() : 0;
      }
    }
    assertThat(granted).isBetween(981L, 1_000L);
    long free = 1_000 - granted;
    assertThat(store.standings(List.of("main")))
        .hasEntrySatisfying(
            "main", standing -> assertThat(standing.free()).isEqualTo(new Fen(free)));
  }

  /// As a keeper does: a ledger that is too busy now has granted nothing, and is asked again.
  private static Granting patiently(LeaseStore store, GrantRequest request) {
    for (int tries = 1; ; tries++) {
      try {
        return store.grant(request);
      } catch (StoreUnavailableException e) {
        if (tries == 20) {
          throw e;
        }
      }
    }
  }

  private static Granted granted(Granting granting) {
    assertThat(granting).isInstanceOf(Granted.class);
    return (Granted) granting;
  }

  private static GrantRequest request(long id, long needed, long wanted) {
    return new GrantRequest(
        new LeaseId(id),
        "main",
        ME,
        new Fen(needed),
        new Fen(wanted),
        4,
        LOG,
        Duration.ofSeconds(10));
  }
}
