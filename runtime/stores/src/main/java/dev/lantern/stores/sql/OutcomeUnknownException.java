package dev.lantern.stores.sql;

/// A commit (or an autocommit change) was sent and its reply never came: it may or may not have
/// happened. Never repeated here; repeat only what finds its own first effect (a unique key, a
/// conditional update).
public final class OutcomeUnknownException extends StoreException {

  private static final long serialVersionUID = 1L;

  public OutcomeUnknownException(String message, Throwable cause) {
    super(message, cause);
  }
}
