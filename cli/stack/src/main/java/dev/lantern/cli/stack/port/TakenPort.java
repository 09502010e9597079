package dev.lantern.cli.stack.port;

import dev.lantern.cli.stack.StackException;
import java.util.Optional;

/// The error for a port that somebody else listens on.
public final class TakenPort {
  private TakenPort() {}

  public static StackException error(String part, int port, Optional<String> holder) {
    return new StackException(
        "port "
            + port
            + ", which "
            + part
            + " needs, is taken"
            + holder.map(by -> " by " + by).orElse(" (by a process of another user)"),
        "stop that process, or give the whole stack other ports, e.g. LANTERN_BASE_PORT=8700");
  }
}
