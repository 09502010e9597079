package dev.lantern.stores.redis;

/// Redis answered with an error that repeating does not mend: a defect in a script.
public final class RedisRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RedisRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
