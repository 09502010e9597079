package dev.lantern.controlplane.policy;

/// One thing wrong with a document.
///
/// @param line 1-based; 0 where no line is to blame
public record Problem(String document, int line, Code code, String message) {

  /// Stable names, for programs and for those who search the runbook.
  public enum Code {
    /// Not YAML, or a value of the wrong type or out of range.
    SCHEMA,
    /// A key that the kind does not have.
    UNKNOWN_FIELD,
    /// A kind that does not exist.
    UNKNOWN_KIND,
    /// Two rules of one id.
    DUPLICATE_ID,
    /// No such route at the edge.
    UNKNOWN_ROUTE,
    /// A degradation by a switch that is not in the catalogue.
    UNKNOWN_SWITCH,
    /// The burst holds fewer tokens than twice the gateways there may be: it would refuse
    /// everything.
    BUCKET_TOO_SMALL,
    /// What Envoy cannot do, or not for both protocols.
    UNSUPPORTED,
    /// More rules than there may be.
    TOO_MANY,
    /// More text than a policy may have.
    TOO_LARGE,
    /// Two resources that do not fit each other; what Envoy itself would not notice.
    INCONSISTENT,
    /// Envoy refused the whole configuration.
    ENVOY,
    /// There is no Envoy to check with, so nothing may be applied.
    ENVOY_NOT_CHECKED
  }
}
