package dev.lantern.simulation.world;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.lantern.common.v1.Reason;
import dev.lantern.ordercenter.order.AcceptRequest;
import dev.lantern.ordercenter.order.AcceptResult;
import dev.lantern.ordercenter.order.OrderNo;
import dev.lantern.ordercenter.queue.Partitions;
import dev.lantern.simulation.kernel.Baton;
import dev.lantern.simulation.kernel.LawBroken;
import dev.lantern.simulation.ledger.OrderEntry;
import dev.lantern.simulation.ledger.Tables;
import dev.lantern.simulation.redis.RedisState;
import dev.lantern.simulation.world.OrderStory.Ack;
import dev.lantern.token.v1.RedPacketToken;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/// Knows what every client was told, and holds it against the stores: the client's side of the
/// laws. What the tables say by themselves is [BooksCheck]'s.
final class Witness {
  private static final Set<Reason> OPEN =
      Set.of(
          Reason.REASON_OUTCOME_UNKNOWN,
          Reason.REASON_DEPENDENCY_DOWN,
          Reason.REASON_BUDGET_BUSY,
          Reason.REASON_QUEUE_FULL);

  /// Longer than a mark and the acceptance that rests on it are apart.
  private static final Duration GAP_LASTS = Duration.ofSeconds(30);

  private final Baton baton;
  private final Tables tables;
  private final RedisState redis;
  private final int partitions;
  private final BooleanSupplier logLost;
  private final ClientSide clients;
  private final TreeMap<String, OrderStory> stories = new TreeMap<>();

  /// @param clients told of each acknowledgement, and asked what may be lost for good
  Witness(
      Baton baton,
      Tables tables,
      RedisState redis,
      int partitions,
      BooleanSupplier logLost,
      ClientSide clients) {
    this.logLost = logLost;
    this.clients = clients;
    this.baton = baton;
    this.tables = tables;
    this.redis = redis;
    this.partitions = partitions;
  }

  Collection<OrderStory> stories() {
    return stories.values();
  }

  /// A client is about to ask.
  ///
  /// @return what must be remembered until the answer
  Asked asks(AcceptRequest request) {
    OrderStory story =
        stories.computeIfAbsent(
            request.orderNo().text(),
            number ->
                new OrderStory(
                    number,
                    request.orderNo().actId().value(),
                    request.childActivityId(),
                    losses() - gapUnderWay(),
                    redis.losses()));
    story.asked.put(request.fingerprint(), request.options().main().amount().value());
    return new Asked(story, request, !story.acks.isEmpty(), tables.order(story.orderNo) != null);
  }

  /// An operator is about to end this order without effect.
  void mayBeEnded(String orderNo) {
    note("operator", "may end " + orderNo);
    OrderStory story = stories.get(orderNo);
    if (story != null) {
      story.mayBeEnded = true;
    }
  }

  /// The client was told.
  void told(Asked asked, AcceptResult result) {
    switch (result) {
      case AcceptResult.Accepted accepted -> acknowledged(asked, accepted);
      case AcceptResult.Refused(var refusal) -> {
        note("refused", asked.story.orderNo + " " + refusal.reason());
        boolean knew =
            asked.acknowledgedBefore
                && asked.story.acks.stream()
                    .anyMatch(ack -> ack.fingerprint().equals(asked.request.fingerprint()));
        if (knew && !OPEN.contains(refusal.reason()) && !mayBeForgotten(asked)) {
          broken("ONCE", asked.story.orderNo + " was acknowledged, now " + refusal.reason());
        }
      }
    }
  }

  private void acknowledged(Asked asked, AcceptResult.Accepted accepted) {
    OrderStory story = asked.story;
    Ack ack =
        new Ack(
            asked.request.fingerprint(),
            ByteString.copyFrom(accepted.outcome().digest()),
            accepted.outcome().amount().value(),
            accepted.outcome().units().value(),
            accepted.outcome().worth(),
            accepted.outcome().budgetId(),
            leaseOf(accepted),
            Partitions.of(story.user, partitions));
    note("told", story.orderNo + " " + ack.amountFen() + " on " + ack.leaseId());
    boolean another = story.acks.stream().noneMatch(ack::isSamePromise) && !story.acks.isEmpty();
    if (another && !mayDiffer(asked, ack)) {
      broken("ONCE", story.orderNo + " was promised " + story.acks + " and then " + ack);
    }
    if (logLost.getAsBoolean() && isLate(ack, story)) {
      story.late.add(ack);
    }
    story.acks.add(ack);
    clients.told(story, ack, accepted.token());
    ToldCap.check(this, clients, tables, ack.budgetId());
    checkStillKept();
  }

  /// L7's stated exception: an answer that a freeze carried past the end of its presentation
  /// window. Its token is there, and is booked under a lease of settlement's own.
  private boolean isLate(Ack ack, OrderStory story) {
    var lease = tables.lease(ack.leaseId());
    return lease != null
        && lease.isWindowEnded()
        && lease.isFenced(ack.partition())
        && redis.tokens().containsKey(story.orderNo);
  }

  /// ONCE's stated exception: after a loss of Redis another promise may be made until the order is
  /// booked; then the booked one stands.
  private boolean mayDiffer(Asked asked, Ack ack) {
    OrderEntry booked = tables.order(asked.story.orderNo);
    if (booked != null && booked.isCompensated()) {
      // A vendor has refused: what was promised instead is told, or still what was promised first.
      return true;
    }
    boolean stands = booked != null && isPromise(booked, ack);
    return lostSince(asked) && (!asked.wasBooked || stands);
  }

  /// By the same exception a promise may be refused later: before it is booked, or because another
  /// request's is.
  private boolean mayBeForgotten(Asked asked) {
    OrderEntry booked = tables.order(asked.story.orderNo);
    boolean another = booked != null && !booked.fingerprint().equals(asked.request.fingerprint());
    return lostSince(asked) && (!asked.wasBooked || another);
  }

  private boolean lostSince(Asked asked) {
    return lostSince(asked.story);
  }

  /// Redis has lost something, or an instance has lost Redis.
  boolean lostSince(OrderStory story) {
    return losses() > story.lossesWhenFirstAsked;
  }

  /// What a wallet that says it is exact must show of it. Who promised a second time without Redis
  /// has unsettled the epoch: an exact wallet knows both promises then.
  long dueFen(OrderStory story) {
    return redis.losses() > story.redisLossesWhenFirstAsked ? story.leastTold() : story.bestTold();
  }

  private int losses() {
    return redis.losses() + tables.gaps();
  }

  private int gapUnderWay() {
    return tables.gapMarkedSince(baton.now() - GAP_LASTS.toNanos()) ? 1 : 0;
  }

  private static boolean isPromise(OrderEntry booked, Ack ack) {
    return booked.fingerprint().equals(ack.fingerprint())
        && booked.amountFen() == ack.amountFen()
        && booked.budgetId().equals(ack.budgetId());
  }

  private long leaseOf(AcceptResult.Accepted accepted) {
    try {
      RedPacketToken token = RedPacketToken.parseFrom(accepted.token().getPayload());
      if (!token.getOutTradeNo().equals(accepted.orderNo().text())
          || token.getAmount() != accepted.outcome().amount().value()) {
        broken("ONCE", "a token of something else: " + token);
      }
      return token.getLeaseId();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  /// No lease may be fenced over an order that was acknowledged on it and is not in the books: its
  /// unit would be given to somebody else.
  void checkStillKept() {
    for (OrderStory story : stories.values()) {
      for (Ack ack : story.acks) {
        if (ack.leaseId() != 0
            && isFenced(ack)
            && !story.late.contains(ack)
            && !clients.excuses(story, ack)
            && !isCovered(story, ack)) {
          broken("CAP", "lease " + ack.leaseId() + " is fenced over " + story.orderNo);
        }
      }
    }
  }

  private boolean isFenced(Ack ack) {
    var lease = tables.lease(ack.leaseId());
    return lease == null || lease.isFenced(ack.partition());
  }

  /// Whether the books hold what was promised, or what is worth as much (A5).
  boolean isCovered(OrderStory story, Ack ack) {
    OrderEntry order = tables.order(story.orderNo);
    boolean byOrder =
        order != null
            && order.fingerprint().equals(ack.fingerprint())
            && !ack.worth().isMoreThan(order.worth());
    return byOrder
        || tables.conflicts().keySet().stream()
            .anyMatch(key ->
                key.orderNo().equals(story.orderNo)
                    && key.fingerprint().equals(ack.fingerprint())
                    && key.outcome().equals(ack.outcome()));
  }

  /// Whether it may be shown to nobody any more.
  boolean mayBeGone(OrderStory story) {
    return story.mayBeEnded || clients.excusesAny(story);
  }

  /// The same of a number.
  boolean mayBeGone(OrderNo orderNo) {
    OrderStory story = stories.get(orderNo.text());
    return story != null && mayBeGone(story);
  }

  /// Whether a client holds an acknowledgement of this number.
  boolean isAcknowledged(OrderNo orderNo) {
    OrderStory story = stories.get(orderNo.text());
    return story != null && !story.acks.isEmpty();
  }

  /// Whether a client has asked under this number.
  boolean isAskedFor(String orderNo) {
    return stories.containsKey(orderNo);
  }

  /// Whether Redis, or an instance's view of it, was ever lost.
  boolean anythingLost() {
    return losses() > 0;
  }

  void broken(String law, String what) {
    baton.trace().note(baton.now(), "law", law, what);
    baton.fail(new LawBroken(law, what));
  }

  /// An exception that no store throws.
  void defect(String where, RuntimeException what) {
    note("defect", where + " " + what);
    LawBroken broken = new LawBroken("DEFECT", where + ": " + what);
    broken.initCause(what);
    baton.fail(broken);
  }

  /// Production would wake somebody.
  void page(String why) {
    broken("PAGE", why);
  }

  void note(String what, String how) {
    if (baton.trace().isRecording()) {
      baton.trace().note(baton.now(), "", what, how);
    }
  }

  /// A question under way.
  record Asked(
      OrderStory story, AcceptRequest request, boolean acknowledgedBefore, boolean wasBooked) {}
}
