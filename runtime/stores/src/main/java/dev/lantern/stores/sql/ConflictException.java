package dev.lantern.stores.sql;

/// Lost against another transaction (1205, 1213, TiDB's 9007 and 8022, 8028): rolled back, worth
/// another try. Leaves this package only when every try was spent, and then reads as what it is:
/// unavailable, nothing committed.
final class ConflictException extends StoreUnavailableException {

  private static final long serialVersionUID = 1L;

  ConflictException(String message, Throwable cause) {
    super(message, cause);
  }
}
