package dev.lantern.simulation.world;

import com.google.protobuf.ByteString;
import dev.lantern.ordercenter.order.Fingerprint;
import dev.lantern.ordercenter.order.Worth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What clients asked and were told about one order number.
final class OrderStory {
  private static final Comparator<Ack> BY_WORTH =
      (one, other) -> {
        if (one.worth().isMoreThan(other.worth())) {
          return 1;
        }
        return other.worth().isMoreThan(one.worth()) ? -1 : 0;
      };

  final String orderNo;
  final long user;
  final String child;
  final int lossesWhenFirstAsked;
  final int redisLossesWhenFirstAsked;
  final List<Ack> acks = new ArrayList<>();
  final Set<Ack> late = new HashSet<>();
  final Map<Fingerprint, Long> asked = new HashMap<>();
  boolean mayBeEnded;

  OrderStory(String orderNo, long user, String child, int losses, int redisLosses) {
    this.orderNo = orderNo;
    this.user = user;
    this.child = child;
    this.lossesWhenFirstAsked = losses;
    this.redisLossesWhenFirstAsked = redisLosses;
  }

  boolean isOf(long aUser, String aChild) {
    return user == aUser && child.equals(aChild);
  }

  /// What the best of its promises takes of a budget: a lesser one has no effect beside it (A5).
  long toldOf(String budgetId) {
    return acks.stream()
        .max(BY_WORTH)
        .filter(best -> best.budgetId().equals(budgetId))
        .map(Ack::units)
        .orElse(0L);
  }

  /// What a wallet must show of it after a loss of Redis, which can bring a second promise about:
  /// the lesser. Between the booking of one and the parking of the other only one of them is seen.
  long leastTold() {
    return acks.stream().mapToLong(Ack::amountFen).min().orElse(0);
  }

  /// What a wallet must show of it while Redis has kept what it had.
  long bestTold() {
    return acks.stream().max(BY_WORTH).map(Ack::amountFen).orElse(0L);
  }

  long mostTold() {
    return acks.stream().mapToLong(Ack::amountFen).max().orElse(0);
  }

  long mostAsked() {
    return asked.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  long allAsked() {
    return asked.values().stream().mapToLong(Long::longValue).sum();
  }

  /// An acknowledgement as a client got it.
  ///
  /// @param leaseId as its token names it
  record Ack(
      Fingerprint fingerprint,
      ByteString outcome,
      long amountFen,
      long units,
      Worth worth,
      String budgetId,
      long leaseId,
      int partition) {

    boolean isSamePromise(Ack other) {
      return fingerprint.equals(other.fingerprint) && outcome.equals(other.outcome);
    }
  }
}
