package dev.lantern.proving.laws;

import dev.lantern.proving.clientlog.Intent;
import java.util.Map;
import java.util.Set;

/// Which reasons a call that must be refused may be refused for, by the contract's order of
/// precedence. Beside them stand the reasons that say nothing about the call itself.
final class Expected {
  /// Reasons that any call may meet at a bad moment.
  static final Set<String> PASSING =
      Set.of(
          "LIMITED",
          "DROPPED",
          "SWITCHED_OFF",
          "DEPENDENCY_DOWN",
          "OUTCOME_UNKNOWN",
          "NOT_SERVING",
          "DEADLINE",
          "QUEUE_FULL",
          "SCENE_RATE",
          "BUDGET_BUSY");

  /// What google.rpc codes become in HTTP, as grpc-gateway has it.
  static final Map<String, Set<Integer>> HTTP =
      Map.ofEntries(
          Map.entry("INVALID_ARGUMENT", Set.of(400)),
          Map.entry("FAILED_PRECONDITION", Set.of(400)),
          Map.entry("OUT_OF_RANGE", Set.of(400)),
          Map.entry("UNAUTHENTICATED", Set.of(401)),
          Map.entry("PERMISSION_DENIED", Set.of(403)),
          Map.entry("NOT_FOUND", Set.of(404)),
          // 405 where the path exists and the method does not.
          Map.entry("UNIMPLEMENTED", Set.of(501, 405)),
          Map.entry("ALREADY_EXISTS", Set.of(409)),
          Map.entry("ABORTED", Set.of(409)),
          // 413 where the body is what is exhausted.
          Map.entry("RESOURCE_EXHAUSTED", Set.of(429, 413)),
          Map.entry("INTERNAL", Set.of(500)),
          Map.entry("UNAVAILABLE", Set.of(503)),
          Map.entry("DEADLINE_EXCEEDED", Set.of(504)));

  private Expected() {}

  /// Empty for calls that need not be refused at all.
  static Set<String> reasons(Intent intent) {
    return switch (intent) {
      case EARLY -> Set.of("ROUND_NOT_OPEN");
      case LATE -> Set.of("ROUND_CLOSED");
      case UNDECLARED_ROUND, UNDECLARED_SCENE -> Set.of("UNDECLARED_ROUND");
      case UNKNOWN_ACTIVITY -> Set.of("UNKNOWN_ACTIVITY");
      case NOT_ELIGIBLE -> Set.of("NOT_ELIGIBLE");
      case FOREIGN_ORDER -> Set.of("NOT_YOURS");
      case NO_SESSION, FORGED_SESSION, EXPIRED_SESSION -> Set.of("UNAUTHENTICATED");
      case BAD_FIELD -> Set.of("INVALID_FIELD");
      case MALFORMED -> Set.of("MALFORMED_BODY", "INVALID_FIELD");
      case OVERSIZE -> Set.of("TOO_LARGE");
      case UNKNOWN_PATH -> Set.of("NOT_FOUND", "METHOD_NOT_ALLOWED");
      case WRONG_METHOD -> Set.of("METHOD_NOT_ALLOWED", "NOT_FOUND");
      case BAD_ASSERTION -> Set.of("BAD_ASSERTION");
      case FIRST, AGAIN, TWIN, REPEAT, REPLAY, FIND_OUT, LOOK, FINAL_LOOK, OPEN -> Set.of();
    };
  }

  /// Whether a rain sends calls of this kind over both protocols, every time.
  static boolean provokedOverBoth(Intent intent) {
    return switch (intent) {
      case UNDECLARED_ROUND,
          UNDECLARED_SCENE,
          UNKNOWN_ACTIVITY,
          FOREIGN_ORDER,
          NO_SESSION,
          FORGED_SESSION,
          BAD_FIELD,
          MALFORMED,
          OVERSIZE,
          UNKNOWN_PATH,
          BAD_ASSERTION ->
          true;
      case EARLY,
          LATE,
          NOT_ELIGIBLE,
          EXPIRED_SESSION,
          WRONG_METHOD,
          FIRST,
          AGAIN,
          TWIN,
          REPEAT,
          REPLAY,
          FIND_OUT,
          LOOK,
          FINAL_LOOK,
          OPEN ->
          false;
    };
  }
}
