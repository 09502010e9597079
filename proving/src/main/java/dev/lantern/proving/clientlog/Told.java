package dev.lantern.proving.clientlog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a client learned from one call.
public sealed interface Told {

  /// A grab was accepted.
  record Accepted(
      String orderNo,
      String awardType,
      String rewardId,
      long amountFen,
      boolean fallback,
      boolean replayed,
      String state,
      boolean signed)
      implements Told {}

  /// A refusal, as google.rpc.Status had it. Absent parts are empty strings or null: law PLAIN
  /// judges them. `httpStatus` is 0 over gRPC. `pushbackMs` is gRPC's trailer, `retryAfterS` the
  /// `retry-after` header or trailer.
  record Refused(
      String code,
      int httpStatus,
      String reason,
      String domain,
      String layer,
      String rule,
      String field,
      @Nullable Long retryMs,
      @Nullable Long pushbackMs,
      @Nullable Long retryAfterS)
      implements Told {}

  /// No answer: the connection broke, or our own deadline passed. Anything may have happened.
  record Lost(String cause) implements Told {}

  /// A session; the act_id it names is the entry's.
  record SessionOpened(String lane) implements Told {}

  /// A wallet of one child activity.
  record WalletShown(
      String childId,
      long balanceFen,
      long withdrawableFen,
      long pendingFen,
      int pendingCount,
      long incomeFen,
      boolean stale,
      List<String> degradedSources)
      implements Told {
    public boolean exact() {
      return !stale && degradedSources.isEmpty();
    }
  }

  /// Flows, all pages together.
  record FlowsShown(List<FlowLine> lines, List<String> degradedSources) implements Told {}

  /// One order.
  record OrderShown(
      String orderNo, String state, String childId, String stage, String sceneId, long amountFen)
      implements Told {}

  /// One counter.
  record CounterShown(String name, long value, long shownValue, String source) implements Told {}

  /// One flow of FlowsShown.
  record FlowLine(String kind, String orderNo, long amountFen, String state) {}
}
