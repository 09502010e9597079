package dev.lantern.proving.chaos;

import dev.lantern.cli.stack.detour.Detour;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// A fault proxy on every detour of a stack. Open before such a stack starts, and until it has
/// ended: its services reach what they need through here alone.
public final class Detours implements AutoCloseable {
  private final Map<Detour, FaultProxy> proxies = new EnumMap<>(Detour.class);

  private Detours() {}

  public static Detours open(int basePort) {
    var detours = new Detours();
    try {
      for (Detour detour : Detour.values()) {
        detours.proxies.put(
            detour, FaultProxy.open(detour.port(basePort), detour.behind(basePort)));
      }
      return detours;
    } catch (RuntimeException e) {
      detours.close();
      throw e;
    }
  }

  /// The way to a part, if it is reached by a detour.
  Optional<FaultProxy> to(String part) {
    return proxies.entrySet().stream()
        .filter(entry -> entry.getKey().part().equals(part))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  @Override
  public void close() {
    proxies.values().forEach(FaultProxy::close);
  }
}
