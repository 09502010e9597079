package dev.lantern.ordercenter.grant;

/// Names a grant for ever: the same at every try, another one for whatever takes its place.
///
/// @param step from 1
public record GrantId(long actId, String orderNo, int step) {
  public GrantId {
    if (step < 1) {
      throw new IllegalArgumentException("steps count from 1: " + step);
    }
  }

  /// As the downstream knows it.
  public String text() {
    return orderNo + "#" + step;
  }

  @Override
  public String toString() {
    return text();
  }
}
