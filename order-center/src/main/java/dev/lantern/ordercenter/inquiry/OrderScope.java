package dev.lantern.ordercenter.inquiry;

/// Which orders are listed.
///
/// @param activityId the parent
/// @param childActivityId of this child alone; empty: of all
public record OrderScope(long actId, String activityId, String childActivityId) {
  /// Names the list in its page tokens.
  String list() {
    return "orders/" + actId + "/" + activityId + "/" + childActivityId;
  }

  boolean holds(String parent, String child) {
    return parent.equals(activityId)
        && (childActivityId.isEmpty() || child.equals(childActivityId));
  }
}
