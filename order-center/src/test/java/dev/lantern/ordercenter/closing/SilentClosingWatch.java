package dev.lantern.ordercenter.closing;

/// Tells nobody.
final class SilentClosingWatch implements ClosingWatch {
  @Override
  public void foundDead(UnclosedLease lease) {}

  @Override
  public void fenced(long leases) {}

  @Override
  public void closed(UnclosedLease lease, long returnedUnits) {}

  @Override
  public void windowSwept(int leases) {}

  @Override
  public void page(UnclosedLease lease, String why) {
    throw new AssertionError(why);
  }

  @Override
  public void frozen(String log, long leases) {}
}
