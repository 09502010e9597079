package dev.lantern.controlplane.policy;

/// One thing to be said about a document.
///
/// @param line 1-based; 0 where no line is to blame
public record Problem(String document, int line, Code code, String message) {

  /// At the rule's own line.
  public static Problem at(Rule rule, Code code, String message) {
    return new Problem(rule.origin().document(), rule.origin().line(), code, message);
  }

  /// Stable names, for programs and for those who search `docs/policy.md`.
  public enum Code {
    /// Not YAML, or not of the published schema.
    SCHEMA,
    /// A key that the kind does not have.
    UNKNOWN_FIELD,
    /// A kind that does not exist.
    UNKNOWN_KIND,
    /// A duration, rate or time beyond its bounds.
    OUT_OF_RANGE,
    /// Two rules of one id.
    DUPLICATE_ID,
    /// No such route at the edge.
    UNKNOWN_ROUTE,
    /// No such service.
    UNKNOWN_SERVICE,
    /// A switch that is not in the catalogue.
    UNKNOWN_SWITCH,
    /// The burst holds fewer tokens than twice the gateways there may be: it would refuse
    /// everything.
    BUCKET_TOO_SMALL,
    /// It would never do anything: a share of nought that nothing can raise, an expiry that has
    /// passed.
    NEVER_ACTS,
    /// Another rule always acts first. Advice: a tighter limit for now may well be meant.
    SHADOWED,
    /// "Come back" without saying when.
    RETRY_WITHOUT_DELAY,
    /// Two rules that contradict each other.
    CONTRADICTION,
    /// A rule that expires shares its document with others.
    EXPIRY_NOT_ALONE,
    /// A limit above what was measured. Advice.
    ABOVE_CEILING,
    /// What cannot be done, or not for both protocols.
    UNSUPPORTED,
    /// A rule that no gateway enforces yet: accepting it would be a promise nobody keeps.
    NOT_ENFORCED,
    /// More rules than there may be.
    TOO_MANY,
    /// More text than a policy may have.
    TOO_LARGE,
    /// Two resources that do not fit each other; what Envoy itself would not notice.
    INCONSISTENT,
    /// A route configures a filter that is not there; Envoy takes it and does nothing.
    NO_SUCH_FILTER,
    /// A limiter whose share enabled or enforced is nought by default.
    ZERO_PERCENT,
    /// Envoy refused the whole configuration.
    ENVOY,
    /// There is no Envoy to check with, so nothing may be applied.
    ENVOY_NOT_CHECKED;

    /// Said, but not in the way of an apply.
    public boolean isAdvice() {
      return this == ABOVE_CEILING || this == SHADOWED;
    }
  }
}
