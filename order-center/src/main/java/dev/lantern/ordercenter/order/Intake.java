package dev.lantern.ordercenter.order;

import dev.lantern.ordercenter.order.AcceptBatch.Asked;
import dev.lantern.ordercenter.order.AcceptBatch.Way;
import java.util.List;

/// Takes orders on the first part of their way.
@FunctionalInterface
public interface Intake {
  /// How one order leaves it.
  Way one(Asked asked);

  /// The same for many of one call, any number; in their order.
  default List<Way> many(List<Asked> asked) {
    return asked.stream().map(this::one).toList();
  }
}
