package dev.lantern.ordercenter.order;

import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.ordercenter.queue.AcceptLog;
import dev.lantern.ordercenter.queue.AppendUnknownException;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.queue.Partitions;
import java.util.ArrayList;
import java.util.List;

/// An accept log in memory that can lose its acknowledgements, with or without the record.
public final class MemoryLog implements AcceptLog {
  /// What becomes of an append.
  public enum Fate {
    ACKNOWLEDGED,
    KEPT_WITHOUT_WORD,
    LOST
  }

  private final List<AcceptedOrder> records = new ArrayList<>();
  private Fate fate = Fate.ACKNOWLEDGED;
  private Runnable beforeAck = () -> {};

  public synchronized void fate(Fate next) {
    fate = next;
  }

  /// Runs between the record's landing and its acknowledgement.
  public synchronized void beforeAck(Runnable event) {
    beforeAck = event;
  }

  public synchronized List<AcceptedOrder> records() {
    return List.copyOf(records);
  }

  @Override
  public Appended append(LogName log, AcceptedOrder order) {
    Runnable event;
    Appended appended;
    synchronized (this) {
      if (fate == Fate.LOST) {
        throw unknown();
      }
      records.add(order);
      appended =
          new Appended(Partitions.of(order.getActId(), log.partitions()), records.size() - 1);
      if (fate == Fate.KEPT_WITHOUT_WORD) {
        throw unknown();
      }
      event = beforeAck;
    }
    event.run();
    return appended;
  }

  private static AppendUnknownException unknown() {
    return new AppendUnknownException("cut by the test", new IllegalStateException());
  }
}
