package dev.lantern.controlplane.policy;

/// A service and how many of ten thousand requests go there.
public record Share(String service, int perTenThousand) {
  static Share of(Values values) {
    return new Share(values.text("service"), values.integer("share"));
  }
}
