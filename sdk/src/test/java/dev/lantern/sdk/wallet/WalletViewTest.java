package dev.lantern.sdk.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WalletViewTest {
  private final World world = new World();
  private final WalletReader reader = new WalletReader(world, world);

  @Test
  void wallet_atEachStepOfAnOrder_showsTheSameMoney() {
    Promise promise = world.accept(88);
    WalletView promised = reader.wallet(World.KEY);
    world.commit(promise, World.Row.BOOKED);
    WalletView both = reader.wallet(World.KEY);
    world.clean(promise);
    WalletView booked = reader.wallet(World.KEY);

    assertThat(promised.balanceFen()).isEqualTo(88);
    assertThat(promised.pendingFen()).isEqualTo(88);
    assertThat(promised.pendingCount()).isEqualTo(1);
    assertThat(promised.withdrawableFen()).isZero();
    assertThat(both).isEqualTo(booked);
    assertThat(booked.balanceFen()).isEqualTo(88);
    assertThat(booked.pendingFen()).isZero();
    assertThat(booked.withdrawableFen()).isEqualTo(88);
    assertThat(booked.incomeFen()).isEqualTo(promised.incomeFen());
  }

  @Test
  void wallet_ofAParkedOrder_countsItOnceThoughItsTokenIsStillThere() {
    Promise promise = world.accept(88);
    world.commit(promise, World.Row.PARKED);
    assertThat(reader.wallet(World.KEY).pendingFen()).isEqualTo(88);
    assertThat(reader.wallet(World.KEY).pendingCount()).isEqualTo(1);
  }

  @Test
  void wallet_ofADiscardedOrder_doesNotCountItThoughItsTokenIsStillThere() {
    world.commit(world.accept(88), World.Row.DISCARDED);
    assertThat(reader.wallet(World.KEY).balanceFen()).isZero();
    assertThat(reader.wallet(World.KEY).pendingCount()).isZero();
  }

  @Test
  void wallet_withRedisDown_isTheLedgerAloneAndSaysSo() {
    world.accept(5);
    world.commit(world.accept(7), World.Row.BOOKED);
    world.commit(world.accept(11), World.Row.PARKED);
    world.redisUp(false);
    WalletView view = reader.wallet(World.KEY);
    assertThat(view.balanceFen()).isEqualTo(18);
    assertThat(view.missing()).containsExactly(WalletView.Source.TOKENS);
  }

  @Test
  void wallet_afterRedisWasWiped_isPartialUntilTheNewEpochIsSettled() {
    Promise lost = world.accept(88);
    world.wipeRedis();
    assertThat(reader.wallet(World.KEY).missing()).isNotEmpty();
    world.setEpoch();
    world.settle();
    assertThat(reader.wallet(World.KEY).missing()).as("its order is not booked").isNotEmpty();
    world.commit(lost, World.Row.BOOKED);
    world.settle();
    WalletView view = reader.wallet(World.KEY);
    assertThat(view.missing()).isEmpty();
    assertThat(view.balanceFen()).isEqualTo(88);
  }

  @Test
  void wallet_withTheClientsCopies_countsThemWhileRedisIsLost_andOnceWhenTheyAreBooked() {
    Promise lost = world.accept(88);
    Promise other = world.accept(5);
    world.wipeRedis();
    assertThat(reader.wallet(World.KEY, List.of(lost, other, lost)).pendingFen()).isEqualTo(93);
    world.commit(lost, World.Row.BOOKED);
    WalletView view = reader.wallet(World.KEY, List.of(lost, other));
    assertThat(view.balanceFen()).isEqualTo(93);
    assertThat(view.pendingFen()).isEqualTo(5);
    assertThat(view.missing()).containsExactly(WalletView.Source.TOKENS);
  }

  @Test
  void wallet_withACopyOfWhatRedisHolds_countsItOnce() {
    Promise promise = world.accept(88);
    assertThat(reader.wallet(World.KEY, List.of(promise))).isEqualTo(reader.wallet(World.KEY));
  }

  @Test
  void receipt_ofAnOrder_isKnownAtEachStep_andUnknownWhileTokensAreMissing() {
    Promise promise = world.accept(88);
    String number = promise.orderNo();
    assertThat(reader.receipt(World.KEY, number)).isEqualTo(WalletReader.Receipt.RECEIVED);
    assertThat(reader.receipt(World.KEY, number + "0")).isEqualTo(WalletReader.Receipt.NONE);
    world.wipeRedis();
    assertThat(reader.receipt(World.KEY, number)).isEqualTo(WalletReader.Receipt.UNKNOWN);
    world.commit(promise, World.Row.BOOKED);
    assertThat(reader.receipt(World.KEY, number)).isEqualTo(WalletReader.Receipt.RECEIVED);
  }

  @Test
  void wallet_ofMorePromisesThanALongHolds_isABrokenInvariant() {
    world.accept(Long.MAX_VALUE);
    world.accept(1);
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> reader.wallet(World.KEY))
        .isInstanceOf(ArithmeticException.class);
  }
}
