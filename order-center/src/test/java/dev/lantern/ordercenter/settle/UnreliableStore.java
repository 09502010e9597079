package dev.lantern.ordercenter.settle;

import dev.lantern.stores.sql.StoreUnavailableException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// A store that fails as a real one does, by a seed: it does it and the reply is lost, it does not
/// and the reply is lost, it cannot now; and between two calls others act.
final class UnreliableStore implements BookingStore {
  private final BookingStore store;
  private final Random random;
  private final Runnable others;
  int unknownDone;
  int unknownUndone;
  int unavailable;

  /// @param others what somebody else may do before any call
  UnreliableStore(BookingStore store, Random random, Runnable others) {
    this.store = store;
    this.random = random;
    this.others = others;
  }

  @Override
  public Books lookUp(Collection<? extends LogRecord> records) {
    others.run();
    return store.lookUp(records);
  }

  @Override
  public Result commit(Advance advance, Effects effects) {
    others.run();
    return switch (random.nextInt(8)) {
      case 0 -> {
        unknownDone++;
        Result result = store.commit(advance, effects);
        yield result instanceof Result.Done ? new Result.Unknown() : result;
      }
      case 1 -> {
        unknownUndone++;
        yield new Result.Unknown();
      }
      case 2 -> {
        unavailable++;
        throw new StoreUnavailableException("for the test", null);
      }
      default -> store.commit(advance, effects);
    };
  }

  @Override
  public Result commit(Effects effects) {
    return store.commit(effects);
  }

  @Override
  public Set<Long> fenced(int partition, Collection<Long> leases) {
    return store.fenced(partition, leases);
  }

  @Override
  public List<SetAsideOrder> due(Instant now, int limit) {
    return store.due(now, limit);
  }

  @Override
  public Result resume(SetAsideOrder order, Instant now) {
    return store.resume(order, now);
  }

  @Override
  public boolean putOff(SetAsideOrder order, SetAside setAside) {
    return store.putOff(order, setAside);
  }
}
