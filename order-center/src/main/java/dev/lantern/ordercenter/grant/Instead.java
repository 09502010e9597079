package dev.lantern.ordercenter.grant;

import dev.lantern.ordercenter.order.Outcome;

/// What a refused grant's order becomes, in the transaction that releases its unit.
public sealed interface Instead {
  /// Money, counted on a lease that this instance holds itself (L6).
  record Money(Outcome outcome, long lease) implements Instead {}

  /// Another thing, by the next step; its unit counted likewise, or 0 where it needs none.
  record Thing(Outcome outcome, long lease) implements Instead {}

  /// A blessing, which needs no budget.
  record Blessing(Outcome outcome) implements Instead {}

  /// It is promised, but there is no unit for it: an operator must find one.
  record Unpaid(Outcome outcome, String why) implements Instead {}

  /// Nothing was foreseen: an operator must decide.
  record Undecided(String why) implements Instead {}
}
