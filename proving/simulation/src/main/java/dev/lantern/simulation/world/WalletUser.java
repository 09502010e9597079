package dev.lantern.simulation.world;

import dev.lantern.common.v1.Lane;
import dev.lantern.sdk.wallet.WalletKey;
import dev.lantern.sdk.wallet.WalletReader;
import dev.lantern.sdk.wallet.WalletView;
import dev.lantern.stores.sql.StoreException;
import java.time.Duration;

/// Looks into users' wallets all the time, through the very reader wallet-api uses.
final class WalletUser {
  private static final Duration SHORTEST = Duration.ofMillis(20);
  private static final Duration LONGEST = Duration.ofMillis(900);

  private final World world;
  private final WalletReader reader;

  WalletUser(World world, Parts parts) {
    this.world = world;
    this.reader = new WalletReader(parts.maps, parts.wallets);
  }

  void run() {
    while (true) {
      world.baton.sleep(world.dice.wait(SHORTEST, LONGEST));
      look(world.dice.between(1, world.plan.users()));
    }
  }

  private void look(long user) {
    long atLeast = world.witness.acknowledgedFen(user);
    try {
      WalletView view =
          reader.wallet(new WalletKey(Lane.LANE_LIVE.getNumber(), user, Campaign.CHILD));
      world.witness.wallet(user, atLeast, view);
    } catch (StoreException down) {
      world.witness.note("wallet", user + " is not shown");
    }
  }
}
