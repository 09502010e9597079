package dev.lantern.controlplane.policy;

/// Another service, and the switch whose value is the share that goes there.
public record Toward(String service, String switchName) {
  static Toward of(Values values) {
    return new Toward(values.text("service"), values.text("switch"));
  }
}
