package dev.lantern.stores;

/// A password or key on its way from configuration to the one place that uses it.
///
/// Its text form never shows the value, so that a logged configuration record leaks nothing.
public record Secret(String value) {

  @Override
  public String toString() {
    return value.isEmpty() ? "(none)" : "(hidden)";
  }
}
