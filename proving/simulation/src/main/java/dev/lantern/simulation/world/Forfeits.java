package dev.lantern.simulation.world;

import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.ordercenter.order.Fingerprint;
import dev.lantern.ordercenter.order.OrderNo;
import dev.lantern.ordercenter.order.OrderReader.Found;
import dev.lantern.ordercenter.order.Outcome;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.settle.LogRecord;
import dev.lantern.ordercenter.settle.PartitionId;
import dev.lantern.ordercenter.settle.Promise;
import dev.lantern.ordercenter.settle.RecordReader;
import dev.lantern.simulation.ledger.Lease;
import dev.lantern.simulation.ledger.SimOrderReader;
import dev.lantern.simulation.queue.QueueState;
import dev.lantern.simulation.world.OrderStory.Ack;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;

/// Promises of which the server has lost every trace: the record with its topic, the token with
/// Redis. Only the client's copy is left of such a one, and only that it was never handed in
/// excuses that it is not paid; and not before an operator has ended the window (L7).
///
/// Looked at when something is lost, from the stores as they are then.
final class Forfeits {
  private final World world;
  private final TreeMap<String, Set<Ack>> lost = new TreeMap<>();

  Forfeits(World world) {
    this.world = world;
  }

  /// Redis or the log has just lost what it held.
  void lossHappened() {
    for (OrderStory story : world.witness.stories()) {
      story.acks.forEach(ack -> look(story, ack));
    }
  }

  /// A promise has been told; its traces may have been lost on the way.
  void look(OrderStory story, Ack ack) {
    boolean bothLost = world.queue.hasLost() && world.redis.losses() > 0;
    if (bothLost && !world.witness.isCovered(story, ack) && !isHeld(story, ack)) {
      if (lost.computeIfAbsent(story.orderNo, _ -> new HashSet<>()).add(ack)) {
        world.hits.tally("promises lost but for their copies", 1);
      }
      world.witness.note("lost", story.orderNo + " " + ack.amountFen() + " on " + ack.leaseId());
    }
  }

  boolean isLost(OrderStory story, Ack ack) {
    return lost.getOrDefault(story.orderNo, Set.of()).contains(ack);
  }

  /// Whether nothing need come of this promise: all traces are lost, its window is over, and its
  /// client was never told that it is in the books.
  boolean excuses(OrderStory story, Ack ack) {
    return isLost(story, ack) && isOver(ack) && !world.copies.wasTold(story, ack);
  }

  boolean excusesAny(OrderStory story) {
    return story.acks.stream().anyMatch(ack -> isLost(story, ack) && isOver(ack));
  }

  private boolean isOver(Ack ack) {
    Lease lease = world.tables.lease(ack.leaseId());
    return ack.leaseId() == 0 || (lease != null && lease.isWindowEnded());
  }

  /// Whether the server has it in some form: a token, a row that waits, a record that settlement
  /// comes to.
  private boolean isHeld(OrderStory story, Ack ack) {
    var token = world.redis.tokens().get(story.orderNo);
    if (token != null && isIt(token.getOrder(), ack)) {
      return true;
    }
    Found found = new SimOrderReader(world.tables).find(OrderNo.parse(story.orderNo).orElseThrow());
    if (found instanceof Found.Waiting(AcceptedOrder order) && isIt(order, ack)) {
      return true;
    }
    return world.tables.logs().stream().anyMatch(log -> isAhead(log, story, ack));
  }

  private boolean isAhead(LogName log, OrderStory story, Ack ack) {
    QueueState.Topic topic = world.queue.topic(log.topic());
    if (topic == null || !topic.id().equals(log.topicId())) {
      return false;
    }
    var records = topic.partition(ack.partition());
    int next = (int) world.tables.nextOffset(log.topicId(), ack.partition());
    return records.subList(Math.min(next, records.size()), records.size()).stream()
        .filter(raw -> raw.orderNo().equals(story.orderNo))
        .map(raw -> RecordReader.read(raw, new PartitionId(log, ack.partition())))
        .anyMatch(record ->
            record instanceof LogRecord.Promised(_, Promise promise, _)
                && promise.fingerprint().equals(ack.fingerprint())
                && !ack.worth().isMoreThan(promise.outcome().worth()));
  }

  private static boolean isIt(AcceptedOrder order, Ack ack) {
    return new Fingerprint(order.getFingerprint()).equals(ack.fingerprint())
        && !ack.worth().isMoreThan(Outcome.of(order.getOutcome()).worth());
  }
}
