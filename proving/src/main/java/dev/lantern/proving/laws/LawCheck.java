package dev.lantern.proving.laws;

/// Judges one law from facts alone.
interface LawCheck {
  Law law();

  Examined check(Facts facts);
}
