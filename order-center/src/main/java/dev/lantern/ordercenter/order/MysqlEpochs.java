package dev.lantern.ordercenter.order;

import dev.lantern.stores.sql.Database;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// [Epochs] in MySQL. A life once settled stays so: the last one is remembered and not asked again.
public final class MysqlEpochs implements Epochs {
  private final Database database;
  private final AtomicReference<Optional<String>> settled = new AtomicReference<>(Optional.empty());

  public MysqlEpochs(Database database) {
    this.database = database;
  }

  @Override
  public boolean isSettled(String epochId) {
    if (settled.get().filter(epochId::equals).isPresent()) {
      return true;
    }
    boolean isSettled =
        !database
            .query(
                "select 1 as yes from redis_epochs where epoch_id = ? and settled_at is not null",
                epochId)
            .isEmpty();
    if (isSettled) {
      settled.set(Optional.of(epochId));
    }
    return isSettled;
  }
}
