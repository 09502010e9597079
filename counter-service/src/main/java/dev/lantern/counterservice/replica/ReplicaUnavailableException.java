package dev.lantern.counterservice.replica;

/// A Redis did not answer in time or refused: what was asked of it may have happened or not.
public final class ReplicaUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ReplicaUnavailableException(String what, Throwable cause) {
    super(what, cause);
  }
}
