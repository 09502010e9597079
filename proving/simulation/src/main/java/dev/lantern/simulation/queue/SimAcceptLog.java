package dev.lantern.simulation.queue;

import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.ordercenter.queue.AcceptLog;
import dev.lantern.ordercenter.queue.AppendUnknownException;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.queue.Partitions;
import dev.lantern.ordercenter.settle.RecordReader;
import java.io.IOException;
import java.util.List;

/// [AcceptLog] over [QueueState]: by the topic's name, as a producer appends.
public final class SimAcceptLog implements AcceptLog {
  private final QueueState queue;

  public SimAcceptLog(QueueState queue) {
    this.queue = queue;
  }

  @Override
  public Appended append(LogName log, AcceptedOrder order) {
    QueueState.Topic topic = queue.topic(log.topic());
    if (topic == null) {
      throw new AppendUnknownException("no such topic", new IOException("simulated"));
    }
    int partition = Partitions.of(order.getActId(), log.partitions());
    List<RecordReader.Raw> records = topic.partition(partition);
    long offset = records.size();
    records.add(
        new RecordReader.Raw(
            offset, Long.toString(order.getActId()), order.getOrderNo(), "", order.toByteString()));
    return new Appended(partition, offset);
  }
}
