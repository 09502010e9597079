package dev.lantern.ordercenter.reconcile;

import dev.lantern.ordercenter.grant.Answer;
import dev.lantern.ordercenter.grant.Downstream;
import dev.lantern.ordercenter.grant.DueGrant;
import dev.lantern.ordercenter.grant.GrantId;
import java.util.HashMap;
import java.util.Map;

/// A vendor who is only asked.
final class KnowingVendor implements Downstream {
  final Map<GrantId, Answer> says = new HashMap<>();
  int asked;

  @Override
  public Answer grant(DueGrant grant) {
    throw new IllegalStateException("reconciliation asks for nothing");
  }

  @Override
  public synchronized Answer ask(GrantId id) {
    asked++;
    return says.getOrDefault(id, new Answer.NotFound());
  }
}
