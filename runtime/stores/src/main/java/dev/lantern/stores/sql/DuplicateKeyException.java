package dev.lantern.stores.sql;

/// A unique key holds this value already (error 1062). The statement had no effect; the transaction
/// goes on.
public final class DuplicateKeyException extends StoreException {

  private static final long serialVersionUID = 1L;

  DuplicateKeyException(String message, Throwable cause) {
    super(message, cause);
  }
}
