package dev.lantern.sdk.wallet;

import static dev.lantern.sdk.wallet.RealStores.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.Engines;
import dev.lantern.cli.stack.port.FreePorts;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// W2 on a Redis that is killed, restarted and wiped: the wallet is partial, never silently wrong.
@Tag("engine")
class RedisLossTest {
  private static final Instant AT = Instant.parse("2027-01-01T12:00:00Z");

  @TempDir Path home;

  @Test
  void wallet_overARedisThatDiesReturnsAndIsWiped_isPartialUntilItsEpochIsSettledAnew() {
    try (Engines own = Engines.start(home, FreePorts.base(), Set.of(Engine.REDIS_A));
        RealStores stores = new RealStores(own)) {
      WalletKey user = RealStores.user();
      stores.setEpoch(user, "first-life", true);
      stores.putToken(user, order(user, 1, 88, AT));
      stores.bookings.book(order(user, 2, 7, AT));
      assertThat(stores.reader().wallet(user).balanceFen()).isEqualTo(95);

      own.kill(Engine.REDIS_A);
      assertPartial(stores, user, TokenMap.Why.UNREACHABLE);

      own.startAgain(Engine.REDIS_A);
      awaitAnswer(stores, user);
      // Its data is back from disk, its epoch key, too: but it was set in another life.
      assertPartial(stores, user, TokenMap.Why.NO_EPOCH);

      stores.setEpoch(user, "second-life", false);
      assertThat(stores.reader().wallet(user).missing()).isNotEmpty();
      stores.setEpoch(user, "second-life", true);
      stores.putToken(user, order(user, 1, 88, AT));
      assertThat(stores.reader().wallet(user).missing()).isEmpty();
      assertThat(stores.reader().wallet(user).balanceFen()).isEqualTo(95);

      stores.wipeRedis();
      assertPartial(stores, user, TokenMap.Why.NO_EPOCH);
    }
  }

  private static void assertPartial(RealStores stores, WalletKey user, TokenMap.Why why) {
    assertThat(stores.tokens().read(user)).isEqualTo(new TokenMap.Unusable(why));
    WalletView view = stores.reader().wallet(user);
    assertThat(view.missing()).containsExactly(WalletView.Source.TOKENS);
    assertThat(view.balanceFen()).isEqualTo(7);
  }

  /// The client's connections come back within their own retry interval.
  private static void awaitAnswer(RealStores stores, WalletKey user) {
    long until = System.nanoTime() + 20_000_000_000L;
    while (stores.tokens().read(user) instanceof TokenMap.Unusable(TokenMap.Why why)
        && why == TokenMap.Why.UNREACHABLE) {
      assertThat(System.nanoTime()).as("Redis answers again").isLessThan(until);
    }
  }
}
