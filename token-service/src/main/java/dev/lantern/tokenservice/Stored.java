package dev.lantern.tokenservice;

import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.stores.sql.StoreException;
import java.util.function.Supplier;

/// Calls of the database, its failures as callers are told them.
final class Stored {
  private Stored() {}

  static <T> T kept(Supplier<T> call) {
    try {
      return call.get();
    } catch (StoreException e) {
      throw down(e);
    }
  }

  static void done(Runnable call) {
    var _ =
        kept(() -> {
          call.run();
          return true;
        });
  }

  static Refused down(StoreException cause) {
    Refused refused =
        Refused.of(Reason.REASON_DEPENDENCY_DOWN, "the database does not answer as it should")
            .dependency("mysql");
    refused.addSuppressed(cause);
    return refused;
  }
}
