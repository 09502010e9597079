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
  private final CopiesInWallet withCopies;

  WalletUser(World world, Parts parts) {
    this.world = world;
    this.reader = new WalletReader(parts.maps, parts.wallets);
    this.withCopies = new CopiesInWallet(world, reader, parts.copies);
  }

  void run() {
    while (true) {
      world.baton.sleep(world.dice.wait(SHORTEST, LONGEST));
      long user = world.dice.between(1, world.plan.users());
      look(user, aChild());
    }
  }

  private String aChild() {
    boolean daily = world.program.stages() && world.dice.chance(0.5);
    return daily ? Stages.child(world.dice.oneOf(Stages.all())) : Campaign.CHILD;
  }

  private void look(long user, String child) {
    WalletKey key = new WalletKey(Lane.LANE_LIVE.getNumber(), user, child);
    long atLeast = world.walletLaw.acknowledgedFen(user, child);
    try {
      if (world.copies.isThere(user) && world.dice.chance(0.1)) {
        withCopies.look(key);
        return;
      }
      WalletView view = reader.wallet(key);
      world.walletLaw.check(user, child, atLeast, view);
    } catch (StoreException down) {
      world.witness.note("wallet", user + " is not shown");
    }
  }
}
