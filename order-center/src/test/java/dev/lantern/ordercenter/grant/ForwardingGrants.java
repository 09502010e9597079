package dev.lantern.ordercenter.grant;

import dev.lantern.ordercenter.settle.BookingStore.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A store that does what another does; tests change one thing about it.
class ForwardingGrants implements GrantStore {
  private final GrantStore to;

  ForwardingGrants(GrantStore to) {
    this.to = to;
  }

  @Override
  public List<DueGrant> due(String downstream, Instant now, int limit) {
    return to.due(downstream, now, limit);
  }

  @Override
  public Optional<DueGrant> claim(DueGrant grant, Instant until) {
    return to.claim(grant, until);
  }

  @Override
  public Result succeed(DueGrant grant, String reference, Instant now) {
    return to.succeed(grant, reference, now);
  }

  @Override
  public boolean isDiscarded(GrantId id) {
    return to.isDiscarded(id);
  }

  @Override
  public Result putOff(DueGrant grant, Instant at, boolean unknown, String detail) {
    return to.putOff(grant, at, unknown, detail);
  }

  @Override
  public void delay(DueGrant grant, Instant at) {
    to.delay(grant, at);
  }

  @Override
  public Result refused(DueGrant grant, Instant now, Instant at, String detail) {
    return to.refused(grant, now, at, detail);
  }

  @Override
  public Result compensate(DueGrant grant, Instead instead, Instant now) {
    return to.compensate(grant, instead, now);
  }

  @Override
  public Result park(DueGrant grant, String detail, Instant now) {
    return to.park(grant, detail, now);
  }

  @Override
  public List<Overdue> overdue(Instant now, Duration age) {
    return to.overdue(now, age);
  }
}
