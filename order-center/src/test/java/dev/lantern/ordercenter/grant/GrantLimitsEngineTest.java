package dev.lantern.ordercenter.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.ordercenter.grant.GrantWorld.Promised;
import dev.lantern.ordercenter.settle.DailyCap;
import dev.lantern.ordercenter.settle.FundLimits;
import dev.lantern.proving.downstream.Behaviour;
import dev.lantern.stores.sql.Row;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Money in a refused thing's place is under the limits that money promised at once is under.
@Tag("engine")
class GrantLimitsEngineTest {
  private static final int ALL = 10_000;
  private static final int MANY_TRIES = 100;

  @TempDir Path folder;
  private GrantWorld world;

  @BeforeEach
  void open() {
    world = new GrantWorld(folder);
    world.behaviour = Behaviour.GOOD.rejecting(ALL);
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
  void moneyInstead_countsTowardsItsUsersDay() {
    world.allowed.aDay = GrantWorld.SMALL_FEN;
    world.book(3, Optional.of(GrantWorld.CASH));

    world.settle(world.granter(world.store, MANY_TRIES));

    assertThat(world.count("orders where state = 8 and given_type = 1")).isEqualTo(3);
    assertThat(world.count("daily_spend where fen = " + GrantWorld.SMALL_FEN)).isEqualTo(3);
  }

  @Test
  void moneyInstead_overItsUsersDay_isParkedAsPromised_andItsUnitPutBack() {
    world.allowed.aDay = GrantWorld.SMALL_FEN - 1;
    assertParked(world.book(1, Optional.of(GrantWorld.CASH)).getFirst(), DailyCap.CODE);
    assertThat(world.count("daily_spend")).isZero();
  }

  @Test
  void moneyInstead_overItsScenesAmount_isParkedAsPromised_andItsUnitPutBack() {
    world.allowed.anOrder = GrantWorld.SMALL_FEN - 1;
    assertParked(world.book(1, Optional.of(GrantWorld.CASH)).getFirst(), FundLimits.OVER_AMOUNT);
  }

  private void assertParked(Promised promised, String code) {
    Granter granter = world.granter(world.store, MANY_TRIES);
    world.settle(granter);
    long asked = world.vendor.downstream().calls();
    world.pass(Duration.ofHours(1));
    granter.tick();

    Row order = world.order(promised);
    assertThat(order.getInt("state")).isEqualTo(4);
    assertThat(order.getString("park_reason")).startsWith(code);
    assertThat(order.getInt("given_type")).isEqualTo(1);
    assertThat(order.getLong("amount_fen")).isEqualTo(GrantWorld.SMALL_FEN);
    assertThat(order.getLong("counted_lease_id")).isZero();
    assertThat(world.putBack).hasValue(GrantWorld.SMALL_FEN);
    assertThat(world.free(GrantWorld.TICKETS)).isEqualTo(GrantWorld.TICKETS_FREE + 1);
    assertThat(world.count("postings")).isZero();
    assertThat(world.vendor.downstream().calls()).as("it is not asked for again").isEqualTo(asked);
  }
}
