package dev.lantern.ordercenter.queue;

/// An append whose acknowledgement did not come: whether the record is in the log is unknown.
public final class AppendUnknownException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public AppendUnknownException(String message, Throwable cause) {
    super(message, cause);
  }
}
