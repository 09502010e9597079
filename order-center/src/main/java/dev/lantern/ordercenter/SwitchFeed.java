package dev.lantern.ordercenter;

import dev.lantern.runtime.client.ServiceAddress;
import dev.lantern.runtime.switches.SwitchConfig;
import java.nio.file.Path;

/// Where the role `settle` hears of switches. (The role `api` has the same under `api`.)
///
/// @param lastKnown file with the control plane's last word
public record SwitchFeed(ServiceAddress controlPlane, Path lastKnown) {
  SwitchConfig config() {
    return new SwitchConfig(lastKnown);
  }
}
