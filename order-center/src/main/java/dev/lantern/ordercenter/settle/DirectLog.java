package dev.lantern.ordercenter.settle;

import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.order.LedgerLog;
import dev.lantern.ordercenter.queue.Partitions;
import dev.lantern.stores.sql.OutcomeUnknownException;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;

/// Books an order within its call, by the same plan, rows and insert as settlement: the order
/// number settles every race with it (ONCE), its lease's row counts it unless fenced (L5).
///
/// One transaction a call, sent once. A value that the ledger refuses for good is parked in a
/// second one, the first having been rolled back.
public final class DirectLog implements LedgerLog {
  private final BookingStore store;
  private final Clock clock;
  private final Lane lane;
  private final IntSupplier partitions;
  private final FundLimits limits;

  /// @param partitions how many the lane's logs have: fixed for a campaign's life
  public DirectLog(BookingStore store, Clock clock, Lane lane, IntSupplier partitions) {
    this(store, clock, lane, partitions, FundLimits.NONE);
  }

  /// The same, orders being counted towards their users' days.
  public DirectLog(
      BookingStore store, Clock clock, Lane lane, IntSupplier partitions, FundLimits limits) {
    this.store = store;
    this.clock = clock;
    this.lane = lane;
    this.partitions = partitions;
    this.limits = limits;
  }

  @Override
  public Entered enter(AcceptedOrder order) {
    LogRecord.Promised record =
        new LogRecord.Promised(-1, RecordReader.promise(order, order.toByteString()), "");
    return enter(record, new SetAside.Nothing());
  }

  private Entered enter(LogRecord.Promised record, SetAside setAside) {
    int count = partitions.getAsInt();
    int partition = Partitions.of(record.promise().actId(), count);
    List<Verdict> plan =
        new GroupPlanner(lane, partition, count, limits)
            .plan(List.of(record), Books.UNREAD, Set.of(), setAside);
    Effects effects = Effects.of(plan, partition, clock.now().wall(), limits);
    return switch (store.commit(effects)) {
      case BookingStore.Result.Done() -> new Entered.Taken(effects.orders().getFirst().state());
      case BookingStore.Result.AlreadyThere() -> new Entered.Before();
      case BookingStore.Result.Fenced() -> new Entered.LeaseOver();
      case BookingStore.Result.Refused(String why) -> parked(record, setAside, why);
      case BookingStore.Result.Unknown() ->
          throw new OutcomeUnknownException("a booking is in doubt", new IOException("no reply"));
      case BookingStore.Result.NotMine() ->
          throw new IllegalStateException("no offset was to be moved");
    };
  }

  private Entered parked(LogRecord.Promised record, SetAside setAside, String why) {
    return switch (setAside) {
      case SetAside.Nothing() -> enter(record, new SetAside.ParkAs(why));
      case SetAside.ParkAs _, SetAside.RetryAs _ ->
          throw new IllegalStateException("an order that cannot even be parked: " + why);
    };
  }
}
