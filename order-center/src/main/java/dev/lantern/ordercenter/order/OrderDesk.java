package dev.lantern.ordercenter.order;

import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.order.Rounds.Resolution;

/// Where every request for a reward goes, whoever makes it: resolve its round, then accept.
public final class OrderDesk {
  private final Rounds rounds;
  private final Accept accept;
  private final Clock clock;

  public OrderDesk(Rounds rounds, Accept accept, Clock clock) {
    this.rounds = rounds;
    this.accept = accept;
    this.clock = clock;
  }

  /// The answer, with the text that belongs beside it on a bill.
  public Answer issue(Ask ask) {
    return switch (rounds.resolve(ask, clock.now().wall())) {
      case Resolution.Unresolved(Refusal refusal) ->
          new Answer(new AcceptResult.Refused(refusal), "");
      case Resolution.Resolved(AcceptRequest request, String billText) ->
          new Answer(accept.accept(request), billText);
    };
  }

  /// How a request ended.
  public record Answer(AcceptResult result, String billText) {}
}
