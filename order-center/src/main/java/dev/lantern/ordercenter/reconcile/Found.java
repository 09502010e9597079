package dev.lantern.ordercenter.reconcile;

/// Something that differs, as a pass sees it now.
///
/// @param subject what it is about: with the class it is one finding, however often it is seen
/// @param activityId parent or child, as far as known; else empty
/// @param actId 0 where it is about no one user
/// @param orderNo empty where it is about no one order
/// @param amountFen at stake
/// @param orders how many orders it is about
/// @param scope of the manifest that told it, or what names the pass where several look for the
///   same; else empty
/// @param manifestId 0 where no manifest told it
public record Found(
    Discrepancy what,
    String subject,
    String activityId,
    long actId,
    String orderNo,
    long amountFen,
    long orders,
    String detail,
    String scope,
    long manifestId) {
  private static final int DETAIL_MAX = 500;

  public Found {
    detail = detail.length() <= DETAIL_MAX ? detail : detail.substring(0, DETAIL_MAX);
  }

  /// About one order.
  static Found ofOrder(
      Discrepancy what, OrderKey order, String activityId, long amountFen, String detail) {
    return new Found(
        what,
        order.orderNo(),
        activityId,
        order.actId(),
        order.orderNo(),
        amountFen,
        1,
        detail,
        "",
        0);
  }

  /// About something that is no order.
  static Found of(
      Discrepancy what,
      String subject,
      String activityId,
      long amountFen,
      long orders,
      String detail) {
    return new Found(what, subject, activityId, 0, "", amountFen, orders, detail, "", 0);
  }

  /// About one user's account.
  Found ofUser(long user) {
    return new Found(
        what, subject, activityId, user, orderNo, amountFen, orders, detail, scope, manifestId);
  }

  /// As one of several passes that look for the same sees it.
  Found within(String other) {
    return new Found(
        what, subject, activityId, actId, orderNo, amountFen, orders, detail, other, manifestId);
  }

  /// As a manifest tells it.
  Found by(Manifest manifest) {
    return new Found(
        what,
        subject,
        activityId,
        actId,
        orderNo,
        amountFen,
        orders,
        detail,
        manifest.scopeKey(),
        manifest.id());
  }
}
