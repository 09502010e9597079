package dev.lantern.counterservice.counter;

/// Which of the two Redis.
public enum Source {
  A,
  B;

  public Source other() {
    return this == A ? B : A;
  }
}
