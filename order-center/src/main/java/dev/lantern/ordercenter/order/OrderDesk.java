package dev.lantern.ordercenter.order;

import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.order.AcceptBatch.Asked;
import dev.lantern.ordercenter.order.AcceptBatch.Way;
import dev.lantern.ordercenter.order.Rounds.Resolution;
import java.util.List;
import java.util.function.Supplier;

/// Where every request for a reward goes, whoever makes it: resolve its round, then accept, in one
/// with those that come at the same time.
public final class OrderDesk {
  private final Rounds rounds;
  private final Accept accept;
  private final Intake intake;
  private final Clock clock;
  private final Supplier<String> traceparent;

  /// The desk over its parts.
  ///
  /// @param traceparent the W3C trace context of the calling thread, empty where there is none
  public OrderDesk(
      Rounds rounds, Accept accept, Intake intake, Clock clock, Supplier<String> traceparent) {
    this.rounds = rounds;
    this.accept = accept;
    this.intake = intake;
    this.clock = clock;
    this.traceparent = traceparent;
  }

  /// The answer, with the text that belongs beside it on a bill.
  public Answer issue(Ask ask) {
    return switch (resolve(ask)) {
      case Resolution.Unresolved(Refusal refusal) ->
          new Answer(new AcceptResult.Refused(refusal), "");
      case Resolution.Resolved(AcceptRequest request, String billText) ->
          new Answer(end(request, intake.one(asked(request))), billText);
    };
  }

  Resolution resolve(Ask ask) {
    return rounds.resolve(ask, clock.now().wall());
  }

  /// The first part of the way of many resolved requests; [#end] is the rest of each.
  List<Way> acceptAll(List<AcceptRequest> requests) {
    return intake.many(requests.stream().map(this::asked).toList());
  }

  AcceptResult end(AcceptRequest request, Way way) {
    return switch (way) {
      case Way.Told(AcceptResult result) -> result;
      case Way.Failed(RuntimeException cause) -> throw cause;
      case Way.Alone() -> accept.accept(request);
    };
  }

  private Asked asked(AcceptRequest request) {
    return new Asked(request, traceparent.get());
  }

  /// How a request ended.
  public record Answer(AcceptResult result, String billText) {}
}
