package dev.lantern.simulation.world;

import com.google.protobuf.ByteString;
import dev.lantern.ordercenter.order.Fingerprint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What clients asked and were told about one order number.
final class OrderStory {
  final String orderNo;
  final long user;
  final int lossesWhenFirstAsked;
  final List<Ack> acks = new ArrayList<>();
  final Map<Fingerprint, Long> asked = new HashMap<>();

  OrderStory(String orderNo, long user, int losses) {
    this.orderNo = orderNo;
    this.user = user;
    this.lossesWhenFirstAsked = losses;
  }

  long mostTold() {
    return acks.stream().mapToLong(Ack::amountFen).max().orElse(0);
  }

  long mostToldOf(String budgetId) {
    return acks.stream()
        .filter(ack -> ack.budgetId().equals(budgetId))
        .mapToLong(Ack::amountFen)
        .max()
        .orElse(0);
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
      String budgetId,
      long leaseId,
      int partition) {

    boolean isSamePromise(Ack other) {
      return fingerprint.equals(other.fingerprint) && outcome.equals(other.outcome);
    }
  }
}
