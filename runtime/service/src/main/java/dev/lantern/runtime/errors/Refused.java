package dev.lantern.runtime.errors;

import dev.lantern.common.v1.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A refusal the caller is meant to see: the one way to refuse.
///
/// ```java
/// throw Refused.of(Reason.REASON_ROUND_NOT_OPEN, "the round opens at 12:00").field("rain_id").retryAfter(untilOpen);
/// ```
///
/// The status code and, where coming back helps, the time to wait follow from the reason
/// ([Reasons]) unless given. Each method returns a copy. Carries no stack trace: refusing is
/// business, and must stay cheap under a flood.
public final class Refused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final String text;
  private final transient Map<String, String> metadata;
  private final transient Optional<Duration> retryAfter;
  private final transient List<Violation> violations;

  /// One field or place of a document that breaks a rule.
  public record Violation(String field, String description) {}

  private Refused(
      Reason reason,
      String text,
      Map<String, String> metadata,
      Optional<Duration> retryAfter,
      List<Violation> violations) {
    super(reason + ": " + text, null, false, false);
    this.reason = reason;
    this.text = text;
    this.metadata = metadata;
    this.retryAfter = retryAfter;
    this.violations = violations;
  }

  /// `message` is for people and may change; `reason` is the promise.
  public static Refused of(Reason reason, String message) {
    String rule = Reasons.name(reason).toLowerCase(Locale.ROOT).replace('_', '-');
    return new Refused(
        reason,
        message,
        Map.of("layer", "service", "rule", rule),
        Reasons.retryAfter(reason),
        List.of());
  }

  /// The request field to blame.
  public Refused field(String field) {
    return with("field", field);
  }

  /// Which layer refused; `service` unless told.
  public Refused layer(String layer) {
    return with("layer", layer);
  }

  /// Which rule of the layer refused; the reason in kebab-case unless told.
  public Refused rule(String rule) {
    return with("rule", rule);
  }

  /// The dependency that is down.
  public Refused dependency(String dependency) {
    return with("dependency", dependency);
  }

  /// Another entry of ErrorInfo's metadata.
  public Refused with(String key, String value) {
    var more = new TreeMap<>(metadata);
    more.put(key, value);
    return new Refused(reason, text, more, retryAfter, violations);
  }

  /// When the caller may come back.
  public Refused retryAfter(Duration wait) {
    return new Refused(reason, text, metadata, Optional.of(wait), violations);
  }

  /// Adds a line to BadRequest; the first also names `field`, if nothing does yet.
  public Refused violation(String field, String description) {
    var more = new ArrayList<>(violations);
    more.add(new Violation(field, description));
    Refused added = new Refused(reason, text, metadata, retryAfter, List.copyOf(more));
    return metadata.containsKey("field") ? added : added.field(field);
  }

  public Reason reason() {
    return reason;
  }

  /// What people are told.
  public String text() {
    return text;
  }

  public Map<String, String> metadata() {
    return metadata;
  }

  public Optional<Duration> retryAfter() {
    return retryAfter;
  }

  public List<Violation> violations() {
    return violations;
  }
}
