package dev.lantern.simulation.world;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.budget.Leases;
import dev.lantern.ordercenter.present.Presentation;
import dev.lantern.ordercenter.present.Presented;
import dev.lantern.ordercenter.present.RewardKeys;
import dev.lantern.ordercenter.present.TokenOrders;
import dev.lantern.ordercenter.sweep.Forcing;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.sdk.token.KeySet;
import dev.lantern.token.v1.SignedToken;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The part of the role `api` that takes clients' copies, wired as in production.
///
/// The keys are asked for by a duty of their own: whoever verifies holds a lock meanwhile, and
/// actors must not wait with one.
final class Presenting {
  private static final Duration PATIENCE = Duration.ofMillis(600);

  private final ApiProcess process;
  private final CopyParts.Desk desk;
  private @Nullable KeySet listed;

  Presenting(ApiProcess process, Leases leases) {
    this.process = process;
    World world = process.world;
    CopyParts copies = process.parts.copies;
    RewardKeys keys =
        new RewardKeys(
            () -> copies.told.apply(listed()),
            Lane.LANE_LIVE,
            () -> process.clock.now().monotonicNanos(),
            () -> process.clock.now().wall());
    Presentation presentation =
        new Presentation(
            copies.check.apply(keys),
            new TokenOrders(copies.offers.apply(new CopyOffers(world)), Lane.LANE_LIVE),
            copies.tokens,
            copies.books,
            new Forcing(
                copies.books,
                leases,
                process.clock,
                Lane.LANE_LIVE,
                () -> world.plan.partitions(),
                process.parts.more.limits),
            process.clock,
            PATIENCE);
    desk = copies.desk.apply(presentation::enter);
  }

  /// Asks token-service for its keys.
  void readKeys() {
    try {
      listed = process.parts.copies.keys.list();
    } catch (Refused away) {
      listed = null;
    }
  }

  /// What the caller is told of each; nothing when there was trouble with stores.
  Optional<List<Presented>> enter(long actId, List<SignedToken> tokens) {
    List<List<Presented>> told = new java.util.ArrayList<>();
    process.attempt("present", () -> told.add(desk.enter(actId, tokens)));
    return told.stream().findFirst();
  }

  private KeySet listed() {
    KeySet last = listed;
    if (last == null) {
      throw Status.UNAVAILABLE.asRuntimeException();
    }
    return last;
  }
}
