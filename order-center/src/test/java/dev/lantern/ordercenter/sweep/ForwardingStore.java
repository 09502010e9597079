package dev.lantern.ordercenter.sweep;

import dev.lantern.ordercenter.settle.Advance;
import dev.lantern.ordercenter.settle.BookingStore;
import dev.lantern.ordercenter.settle.Books;
import dev.lantern.ordercenter.settle.Effects;
import dev.lantern.ordercenter.settle.LogRecord;
import dev.lantern.ordercenter.settle.SetAside;
import dev.lantern.ordercenter.settle.SetAsideOrder;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// Passes every call on; for tests that change one.
class ForwardingStore implements BookingStore {
  private final BookingStore store;

  ForwardingStore(BookingStore store) {
    this.store = store;
  }

  @Override
  public Books lookUp(Collection<? extends LogRecord> records) {
    return store.lookUp(records);
  }

  @Override
  public Result commit(Advance advance, Effects effects) {
    return store.commit(advance, effects);
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
