package dev.lantern.ordercenter.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lantern.ordercenter.grant.GrantWorld.Promised;
import dev.lantern.ordercenter.settle.BookingStore.Result;
import dev.lantern.ordercenter.settle.Effects;
import dev.lantern.ordercenter.settle.Verdict;
import dev.lantern.stores.sql.Row;
import dev.lantern.stores.sql.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What vendors and stores do that nobody wished for.
@Tag("engine")
class GrantFaultsEngineTest {
  @TempDir Path folder;
  private GrantWorld world;

  @BeforeEach
  void open() {
    world = new GrantWorld(folder);
  }

  @AfterEach
  void close() {
    try {
      world.assertLaws();
    } finally {
      world.close();
    }
  }

  @Test
  void refusalOfFiveHundredCharacters_nothingForeseen_parksTheOrder() {
    Promised promised = world.book(1, Optional.empty()).getFirst();

    compensator(world.store).compensate(due().withDetail("x".repeat(500)), Instant.now());

    Row order = world.order(promised);
    assertThat(order.getInt("state")).isEqualTo(4);
    assertThat(order.getString("park_reason")).startsWith("REFUSED: xxx").hasSize(200);
    assertThat(world.count("grants where state = 1")).isZero();
    assertThat(world.pages).isEmpty();
  }

  @Test
  void storeThatIsAway_givesTheFallbacksUnitBack() {
    world.book(1, Optional.of(GrantWorld.CASH));
    Compensator compensator =
        compensator(
            new ForwardingGrants(world.store) {
              @Override
              public Result compensate(DueGrant grant, Instead instead, Instant now) {
                throw new StoreUnavailableException("away", new IOException());
              }
            });

    assertThatThrownBy(() -> compensator.compensate(due(), Instant.now()))
        .isInstanceOf(StoreUnavailableException.class);

    assertThat(world.putBack).hasValue(GrantWorld.SMALL_FEN);
  }

  @Test
  void conflictOfAThing_isOfNoMoney_andCountsOne() {
    Promised promised = world.book(1, Optional.empty()).getFirst();
    Verdict conflict =
        new Verdict.Conflict(
            promised.record(),
            promised.record().promise(),
            promised.record().promise().leaseId(),
            Verdict.ConflictReason.OUTCOME_CONFLICT);

    assertThat(world.books.commit(Effects.of(List.of(conflict), 3, Instant.now())))
        .isEqualTo(new Result.Done());

    assertThat(world.count("conflicts where amount_fen = 0 and units = 1")).isEqualTo(1);
  }

  private Compensator compensator(GrantStore store) {
    return new Compensator(store, world.leases(), world.watch());
  }

  private DueGrant due() {
    return world.store.due("cinema", Instant.now().plusSeconds(60), 1).getFirst();
  }
}
