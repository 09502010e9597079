package dev.lantern.tokenservice.signing;

/// A provider that does not load here or fails its self-test; says which and why. The next one is
/// tried.
public final class EngineUnusableException extends Exception {

  private static final long serialVersionUID = 1L;

  public EngineUnusableException(String what) {
    super(what);
  }

  public EngineUnusableException(String what, Throwable cause) {
    super(what, cause);
  }
}
