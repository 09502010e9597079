package dev.lantern.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.budget.LeaseId;
import dev.lantern.ordercenter.budget.LeaseStore;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.queue.LogName;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CountedLeaseStoreTest {
  private static final LeaseId LEASE = new LeaseId(7);
  private static final LeaseStore.Standing STANDING =
      new LeaseStore.Standing(Fen.of(10), Fen.of(4), 1);

  private final CountedLeaseStore store = new CountedLeaseStore(new Ledger());

  @Test
  void everyQuestion_isCountedOnce_andAnsweredByTheLedger() {
    var request =
        new LeaseStore.GrantRequest(
            LEASE,
            "b",
            "h",
            Fen.of(1),
            Fen.of(6),
            1,
            LogName.direct(Lane.LANE_LIVE, 8),
            Duration.ofSeconds(10));

    assertThat(store.grant(request).standing()).isEqualTo(STANDING);
    assertThat(store.heartbeat("h", List.of(LEASE))).containsExactly(LEASE);
    store.retire(LEASE, Fen.of(2));
    assertThat(store.allClosed(List.of(7L))).isTrue();
    assertThat(store.standings(List.of("b"))).containsEntry("b", STANDING);
    assertThat(store.calls()).isEqualTo(5);
  }

  @Test
  void questions_thatAskForNothing_doNotReachTheLedger_andDoNotCount() {
    assertThat(store.heartbeat("h", List.of())).isEmpty();
    assertThat(store.standings(List.of())).isEmpty();
    assertThat(store.calls()).isZero();
  }

  /// Answers without asking anybody.
  private static final class Ledger implements LeaseStore {
    @Override
    public Granting grant(GrantRequest request) {
      return new Granting.Granted(request.wanted(), STANDING);
    }

    @Override
    public Set<LeaseId> heartbeat(String holder, Collection<LeaseId> leases) {
      return Set.copyOf(leases);
    }

    @Override
    public void retire(LeaseId lease, Fen rest) {}

    @Override
    public boolean allClosed(Collection<Long> leases) {
      return true;
    }

    @Override
    public Map<String, Standing> standings(Collection<String> budgetIds) {
      return budgetIds.isEmpty() ? Map.of() : Map.of("b", STANDING);
    }
  }
}
