package dev.lantern.counterservice.law;

/// The rules a run goes by; a mutation takes one away.
enum Rules {
  ALL("", ""),
  ADDED("C1", "a report is added, not set"),
  SAME_EPOCH("C2", "a new life goes on under the old epoch, from nothing"),
  FORGOTTEN("C2", "a new life does not tell what the journal holds"),
  LOWER("C2", "repair copies A over B, whichever is the higher"),
  NO_HIGH_WATER("C3", "a reader shows what it read last"),
  NO_AT_LEAST("C3", "who changes instances does not say what was seen");

  private final String rule;
  private final String what;

  Rules(String rule, String what) {
    this.rule = rule;
    this.what = what;
  }

  @Override
  public String toString() {
    return rule + " " + what;
  }
}
