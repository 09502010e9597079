package dev.lantern.ordercenter.inquiry;

/// How many entries a page has, as all lists here have it.
final class PageSize {
  private static final int DEFAULT = 50;
  private static final int LARGEST = 100;

  private PageSize() {}

  static int of(int asked) {
    return asked == 0 ? DEFAULT : Math.min(asked, LARGEST);
  }
}
