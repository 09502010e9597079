package dev.lantern.controlplane.resources;

import com.google.rpc.Code;
import dev.lantern.common.v1.Reason;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// What Envoy says by itself, one refusal a status. Rules bring their own, which win.
final class BuiltInRefusals {
  private static final Optional<Duration> NEVER = Optional.empty();

  private BuiltInRefusals() {}

  static final Refusal NOT_FOUND =
      of(404, Code.NOT_FOUND, Reason.REASON_NOT_FOUND, "route", "no such path", NEVER);
  static final Refusal METHOD_NOT_ALLOWED =
      of(
          405,
          Code.UNIMPLEMENTED,
          Reason.REASON_METHOD_NOT_ALLOWED,
          "route",
          "the path exists, the method does not",
          NEVER);
  static final Refusal LIMITED =
      of(
          429,
          Code.RESOURCE_EXHAUSTED,
          Reason.REASON_LIMITED,
          "limit",
          "too many requests",
          after(2));

  private static final Refusal UNAUTHENTICATED =
      of(
          401,
          Code.UNAUTHENTICATED,
          Reason.REASON_UNAUTHENTICATED,
          "authn",
          "no valid session",
          NEVER);

  /// What Envoy answers 500 to by itself is not the caller's doing: a filter whose configuration
  /// has not come yet. So it is told as 503, which may be repeated.
  private static final Refusal UNCONFIGURED =
      of(503, Code.UNAVAILABLE, Reason.REASON_NOT_SERVING, "edge", "not ready yet", after(1));

  /// How Envoy's own statuses are told.
  static SequencedMap<Integer, Refusal> byStatus() {
    var told = new LinkedHashMap<Integer, Refusal>();
    all().forEach(refusal -> told.put(refusal.httpStatus(), refusal));
    // The only 403 of Envoy's own is a session meant for another audience.
    told.put(403, UNAUTHENTICATED);
    told.put(500, UNCONFIGURED);
    return told;
  }

  private static List<Refusal> all() {
    return List.of(
        of(
            400,
            Code.INVALID_ARGUMENT,
            Reason.REASON_MALFORMED_BODY,
            "edge",
            "the request cannot be read",
            NEVER),
        UNAUTHENTICATED,
        NOT_FOUND,
        METHOD_NOT_ALLOWED,
        of(
            408,
            Code.DEADLINE_EXCEEDED,
            Reason.REASON_DEADLINE,
            "edge",
            "the request took too long to arrive",
            after(1)),
        of(
            413,
            Code.RESOURCE_EXHAUSTED,
            Reason.REASON_TOO_LARGE,
            "edge",
            "the body is over 64 KiB",
            NEVER),
        LIMITED,
        of(
            431,
            Code.RESOURCE_EXHAUSTED,
            Reason.REASON_TOO_LARGE,
            "edge",
            "the headers are too large",
            NEVER),
        of(
            502,
            Code.UNAVAILABLE,
            Reason.REASON_DEPENDENCY_DOWN,
            "upstream",
            "the service answered nonsense",
            after(1)),
        of(
            503,
            Code.UNAVAILABLE,
            Reason.REASON_DEPENDENCY_DOWN,
            "upstream",
            "the service is not reachable",
            after(1)),
        of(
            504,
            Code.DEADLINE_EXCEEDED,
            Reason.REASON_DEADLINE,
            "edge",
            "the service did not answer in time",
            after(1)));
  }

  private static Optional<Duration> after(int seconds) {
    return Optional.of(Duration.ofSeconds(seconds));
  }

  private static Refusal of(
      int http,
      Code code,
      Reason reason,
      String layer,
      String message,
      Optional<Duration> retryAfter) {
    String rule = layer + "-" + http;
    return new Refusal(http, code, reason, layer, rule, 0, message, retryAfter, Duration.ZERO);
  }
}
