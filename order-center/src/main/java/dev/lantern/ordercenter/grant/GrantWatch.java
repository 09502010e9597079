package dev.lantern.ordercenter.grant;

import java.time.Duration;

/// What operations must see of grants. Never blocks, never throws.
public interface GrantWatch {
  /// A downstream was called.
  void answered(String downstream, Answer answer, Duration took);

  /// What became of a grant: `granted`, `compensated`, `parked`, `again`, `lost`.
  void ended(DueGrant grant, String what);

  /// The ledger could not do it now; the grant is due again by itself.
  void unavailable(DueGrant grant, Exception why);

  /// An invariant does not hold: somebody must look.
  void page(DueGrant grant, String why);
}
