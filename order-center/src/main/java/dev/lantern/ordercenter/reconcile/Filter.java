package dev.lantern.ordercenter.reconcile;

import java.util.Optional;

/// Which findings.
///
/// @param activityId parent or child; empty matches all
/// @param manifestId 0 matches all
public record Filter(
    Optional<Discrepancy> what, Optional<Finding.State> state, String activityId, long manifestId) {
  public static final Filter ALL = new Filter(Optional.empty(), Optional.empty(), "", 0);

  boolean matches(Finding finding) {
    Found found = finding.found();
    return what.filter(one -> one != found.what()).isEmpty()
        && state.filter(one -> one != finding.state()).isEmpty()
        && (activityId.isEmpty() || activityId.equals(found.activityId()))
        && (manifestId == 0 || manifestId == found.manifestId());
  }
}
