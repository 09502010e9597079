package dev.lantern.ordercenter.reconcile;

import com.google.protobuf.ByteString;
import dev.lantern.order.v1.AwardType;
import java.time.Instant;
import java.util.Optional;

/// What an upstream says it told its users of a scope.
///
/// @param activityId the parent
/// @param compares how often it has been compared
public record Manifest(
    long id,
    String requestId,
    String activityId,
    Scope scope,
    String source,
    ByteString digest,
    long rows,
    long acceptedFen,
    String author,
    Instant createdAt,
    int compares) {

  /// Scope and source in one, as findings name it: the newest manifest of it is the one that
  /// counts.
  public String scopeKey() {
    return switch (scope) {
      case Scope.Round(String sceneId, int rainId) -> sceneId + "/" + rainId + "/" + source;
      case Scope.Window(Instant from, Instant to) ->
          from + ".." + to + "/" + activityId + "/" + source;
    };
  }

  /// Where it is complete.
  public sealed interface Scope {
    record Round(String sceneId, int rainId) implements Scope {}

    /// Accepted from `from` on and before `to`.
    record Window(Instant from, Instant to) implements Scope {}
  }

  /// What was told of one order.
  ///
  /// @param accepted false: the user was refused for good
  public record Line(
      String orderNo, long actId, AwardType award, long amountFen, boolean accepted) {}

  /// A manifest before it is kept.
  public record Draft(
      String requestId, String activityId, Scope scope, String source, String author) {}

  /// What came of handing one in.
  public sealed interface Submitted {
    record Kept(Manifest manifest, boolean replayed) implements Submitted {}

    /// The request id has brought other rows before.
    record RequestIdReused() implements Submitted {}
  }

  /// The round it is about, if it is about one.
  Optional<Scope.Round> round() {
    return scope instanceof Scope.Round round ? Optional.of(round) : Optional.empty();
  }
}
