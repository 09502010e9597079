package dev.lantern.simulation.fault;

import java.util.EnumMap;
import java.util.Map;

/// Which servers are away, and until when.
public final class Outages {
  private final Map<Server, Long> until = new EnumMap<>(Server.class);
  private long diskFullUntil;

  public void down(Server server, long untilNanos) {
    until.merge(server, untilNanos, Math::max);
  }

  public void diskFull(long untilNanos) {
    diskFullUntil = untilNanos;
  }

  public void end() {
    until.clear();
    diskFullUntil = 0;
  }

  boolean isDown(Server server, long now) {
    return until.getOrDefault(server, 0L) > now;
  }

  boolean isDiskFull(long now) {
    return diskFullUntil > now;
  }
}
