package dev.lantern.proving.laws;

import java.util.List;

/// One way in which a law does not hold.
///
/// @param kind a stable name for the class of finding, such as `POSTED_TWICE`
/// @param amountFen the money at stake; 0 where there is none or it is not known
/// @param orders the orders concerned, at most [#MAX_ORDERS] of them
/// @param detail what was seen
/// @param remedy what an operator does about it
public record Finding(
    Law law, String kind, long amountFen, List<String> orders, String detail, String remedy) {
  public static final int MAX_ORDERS = 20;

  public Finding {
    orders = orders.stream().limit(MAX_ORDERS).toList();
  }

  static Finding of(
      Law law, String kind, long amountFen, String order, String detail, String remedy) {
    return new Finding(law, kind, amountFen, List.of(order), detail, remedy);
  }

  static Finding of(Law law, String kind, String detail, String remedy) {
    return new Finding(law, kind, 0, List.of(), detail, remedy);
  }
}
