package dev.lantern.controlplane.switches;

import java.util.OptionalInt;

/// How busy the services are.
public interface Load {
  /// The busiest service, in per cent of what it can take; empty when none has said so lately.
  OptionalInt busyPercent();
}
