package dev.lantern.stores.redis;

import org.jspecify.annotations.Nullable;

/// No answer within the deadline, or no connection: the script **may have run, and may yet run**.
/// Repeat only scripts that bear it, which all of ours must.
public final class RedisUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public RedisUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
