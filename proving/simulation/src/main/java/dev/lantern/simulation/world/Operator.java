package dev.lantern.simulation.world;

import com.google.protobuf.ByteString;
import dev.lantern.ordercenter.operator.OperatorRequest;
import dev.lantern.ordercenter.parked.ParkedDesk;
import dev.lantern.ordercenter.parked.ParkedItem;
import dev.lantern.ordercenter.parked.ParkedQuery;
import dev.lantern.ordercenter.parked.ParkedStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Looks at what is parked now and then, and gives it back to settlement, its cause mended or not,
/// or ends it. What it asked for and got no answer to it asks again, by the same name, of whichever
/// process it reaches then. Now and then a colleague ends the same at the same time.
final class Operator {
  private static final int AT_ONCE = 20;
  private static final ByteString DIGEST = ByteString.copyFrom(new byte[32]);

  private final World world;
  private @Nullable Wish wish;
  private int wishes;

  Operator(World world) {
    this.world = world;
  }

  /// A look, by way of one process.
  void look(ServerProcess process, ParkedStore parked, ParkedDesk desk, Instant now) {
    Wish asked = wish != null ? wish : choose(parked).orElse(null);
    if (asked == null) {
      return;
    }
    wish = asked;
    if (asked.discards()) {
      if (world.dice.chance(0.5)) {
        startColleague(process, desk, asked);
      }
      var _ = desk.discard(asked.request(), asked.actId(), asked.orderNo(), "");
    } else {
      var _ = parked.resume(asked.request(), asked.actId(), asked.orderNo(), now);
    }
    wish = null;
  }

  private void startColleague(ServerProcess process, ParkedDesk desk, Wish wish) {
    OperatorRequest same = request(wish.orderNo());
    world.baton.start(
        process.life,
        process.life.name() + ".colleague",
        () ->
            process.attempt(
                "colleague",
                () -> {
                  var _ = desk.discard(same, wish.actId(), wish.orderNo(), "");
                }));
  }

  private OperatorRequest request(String orderNo) {
    return new OperatorRequest("wish-" + ++wishes, "parked", orderNo, DIGEST, "operator", "");
  }

  private Optional<Wish> choose(ParkedStore parked) {
    List<ParkedItem> items =
        parked.list(ParkedQuery.ALL, Optional.empty(), ParkedItem.Key.FIRST, AT_ONCE);
    if (items.isEmpty() || !world.isStorming()) {
      return Optional.empty();
    }
    ParkedItem item = world.dice.oneOf(items);
    boolean discards = world.dice.chance(0.4);
    if (discards) {
      world.witness.mayBeEnded(item.key().orderNo());
    } else {
      world.dayCaps.decided(item.key().orderNo());
      if (world.dice.chance(0.5)) {
        world.tables.mend(item.key().orderNo());
      }
    }
    return Optional.of(
        new Wish(
            discards, item.key().actId(), item.key().orderNo(), request(item.key().orderNo())));
  }

  private record Wish(boolean discards, long actId, String orderNo, OperatorRequest request) {}
}
