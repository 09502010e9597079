package dev.lantern.ordercenter.settle;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// Commits, and does not get to know.
record UnheardCommits(BookingStore store) implements BookingStore {
  @Override
  public Books lookUp(Collection<? extends LogRecord> records) {
    return store.lookUp(records);
  }

  @Override
  public Result commit(Advance advance, Effects effects) {
    var _ = store.commit(advance, effects);
    return new Result.Unknown();
  }

  @Override
  public Result commit(Effects effects) {
    var _ = store.commit(effects);
    return new Result.Unknown();
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
