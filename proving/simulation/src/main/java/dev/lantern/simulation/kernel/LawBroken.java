package dev.lantern.simulation.kernel;

/// A law does not hold.
public final class LawBroken extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String law;

  public LawBroken(String law, String what) {
    super(law + ": " + what);
    this.law = law;
  }

  public String law() {
    return law;
  }
}
