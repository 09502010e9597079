package dev.lantern.ordercenter.weak;

import dev.lantern.common.v1.Lane;
import java.time.Instant;
import java.util.Optional;

/// Table `claim_gaps`. Each call is one statement; throws [dev.lantern.stores.sql.StoreException].
public interface GapStore {
  /// Says that orders of this lane are accepted without claims now, by the ledger's clock.
  void mark(Lane lane);

  /// When that was said last.
  Optional<Instant> lastMark(Lane lane);
}
