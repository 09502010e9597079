package dev.lantern.ordercenter.queue;

/// The queue engine did not answer, or not in time; nothing is known to have changed.
public final class LogUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LogUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
