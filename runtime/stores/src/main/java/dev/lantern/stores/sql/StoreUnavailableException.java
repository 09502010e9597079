package dev.lantern.stores.sql;

import org.jspecify.annotations.Nullable;

/// The database did not do it, and **nothing was committed**: no connection, no free connection in
/// time, a statement over its time, locks that stayed taken through every retry. The same call is
/// safe to repeat.
public non-sealed class StoreUnavailableException extends StoreException {

  private static final long serialVersionUID = 1L;

  public StoreUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
