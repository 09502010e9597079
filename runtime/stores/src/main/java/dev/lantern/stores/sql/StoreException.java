package dev.lantern.stores.sql;

import org.jspecify.annotations.Nullable;

/// What a database call can throw. Everything a caller may want to tell apart is a subclass; none
/// is ever thrown for a business outcome except [DuplicateKeyException].
public abstract sealed class StoreException extends RuntimeException
    permits DuplicateKeyException,
        OutcomeUnknownException,
        StatementException,
        StoreUnavailableException {

  private static final long serialVersionUID = 1L;

  StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
