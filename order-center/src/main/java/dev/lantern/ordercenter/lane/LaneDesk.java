package dev.lantern.ordercenter.lane;

import dev.lantern.common.v1.Reason;
import dev.lantern.ordercenter.lane.Traces.Trace;
import dev.lantern.ordercenter.operator.Answer;
import dev.lantern.ordercenter.operator.OperatorRequest;
import dev.lantern.runtime.errors.Refused;
import java.time.Duration;
import java.util.List;

/// What operators do with the lane. Refuses with WRONG_STATE what the lane's state does not allow.
public final class LaneDesk {
  private final LaneTable table;
  private final Traces traces;

  public LaneDesk(LaneTable table, Traces traces) {
    this.table = table;
    this.traces = traces;
  }

  /// What a cleaning found and left.
  record Cleaned(List<Trace> before, List<Trace> after) {}

  /// The lane, and who serves it.
  record Seen(Opening opening, List<LaneTable.Instance> instances) {}

  Seen open(OperatorRequest request, Duration openFor) {
    try {
      requireSame(table.open(request, openFor));
    } catch (LaneTable.LaneState wrong) {
      throw wrongState(String.valueOf(wrong.getMessage()));
    }
    return see();
  }

  Seen close(OperatorRequest request) {
    requireSame(table.close(request));
    return see();
  }

  Seen see() {
    return new Seen(table.read(), table.instances());
  }

  List<Trace> traces() {
    return traces.count();
  }

  /// Deletes first what workers would go on with, then counts again; a lane in which something is
  /// left stays CLOSED, and is cleaned again.
  Cleaned clean(OperatorRequest request) {
    Seen seen = see();
    if (seen.opening().open()) {
      throw wrongState("the lane is open");
    }
    seen.instances().stream()
        .filter(LaneTable.Instance::serving)
        .findFirst()
        .ifPresent(busy -> {
          throw wrongState(busy.name() + " still serves the lane");
        });
    requireSame(table.noteCleaning(request));
    List<Trace> before = traces.count();
    traces.delete();
    List<Trace> after = traces.count();
    if (after.isEmpty()) {
      table.cleaned(seen.opening().number());
    }
    return new Cleaned(before, after);
  }

  private static void requireSame(Answer answer) {
    switch (answer) {
      case Answer.Done _ -> {}
      case Answer.Reused _ ->
          throw Refused.of(Reason.REASON_INVALID_FIELD, "the id was used for another request")
              .field("request_id");
    }
  }

  private static Refused wrongState(String message) {
    return Refused.of(Reason.REASON_WRONG_STATE, message).rule("stress-lane");
  }
}
