package dev.lantern.ordercenter.lane;

import java.util.List;

/// The traces in several stores. Topics go before rows: a worker that woke late finds its log gone
/// before its rows are.
public final class AllTraces implements Traces {
  private final List<Traces> stores;

  /// @param stores in the order in which they are emptied
  public AllTraces(List<Traces> stores) {
    this.stores = List.copyOf(stores);
  }

  @Override
  public List<Trace> count() {
    return stores.stream().flatMap(store -> store.count().stream()).toList();
  }

  @Override
  public void delete() {
    stores.forEach(Traces::delete);
  }
}
