package dev.lantern.ordercenter.queue;

import dev.lantern.common.v1.Lane;
import dev.lantern.simulation.queue.QueueState;
import dev.lantern.simulation.queue.SimAcceptLog;
import dev.lantern.simulation.queue.SimTopics;
import org.jspecify.annotations.NullMarked;

@NullMarked
final class SimAcceptLogTest extends AcceptLogContract {
  private final QueueState queue = new QueueState();
  private final Topics topics = new SimTopics(queue);
  private int made;

  @Override
  AcceptLog log() {
    return new SimAcceptLog(queue);
  }

  @Override
  Topics topics() {
    return topics;
  }

  @Override
  LogName newLog() {
    String topic = "contract-" + ++made;
    topics.create(topic, 8);
    return new LogName(Lane.LANE_LIVE, 1, topic, topics.idOf(topic).orElseThrow(), 8);
  }
}
