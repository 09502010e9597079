package dev.lantern.stores.sql;

/// The server refused a statement for a reason that repeating does not mend: syntax, a missing
/// table, a value out of range, a missing privilege. A defect of ours or of the installation.
public final class StatementException extends StoreException {

  private static final long serialVersionUID = 1L;

  private final int errorCode;

  StatementException(String message, int errorCode, Throwable cause) {
    super(message, cause);
    this.errorCode = errorCode;
  }

  /// MySQL's error number.
  public int errorCode() {
    return errorCode;
  }
}
