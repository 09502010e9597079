package dev.lantern.ordercenter.reconcile;

import dev.lantern.ordercenter.grant.Answer;
import dev.lantern.ordercenter.grant.DueGrant;
import dev.lantern.ordercenter.grant.GrantWatch;
import java.time.Duration;

/// Keeps nothing.
final class SilentGrants implements GrantWatch {
  @Override
  public void answered(String downstream, Answer answer, Duration took) {}

  @Override
  public void ended(DueGrant grant, String what) {}

  @Override
  public void unavailable(DueGrant grant, Exception why) {}

  @Override
  public void page(DueGrant grant, String why) {}
}
