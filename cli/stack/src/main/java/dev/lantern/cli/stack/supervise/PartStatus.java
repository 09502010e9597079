package dev.lantern.cli.stack.supervise;

import dev.lantern.cli.stack.process.ProcessIdentity;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is known of one part.
///
/// @param detail why it is where it is, if there is more to say (an error and its remedy)
/// @param process the running process, if there is one
/// @param restarts how often it ended unasked since the stack was started
/// @param sinceMs when its phase began, milliseconds since 1970
/// @param startMs how long the last start took until it answered; 0 before the first
public record PartStatus(
    String name,
    Phase phase,
    String detail,
    List<Integer> ports,
    @Nullable ProcessIdentity process,
    int restarts,
    long sinceMs,
    long startMs) {
  public Optional<ProcessIdentity> running() {
    return Optional.ofNullable(process).filter(ProcessIdentity::alive);
  }

  PartStatus in(Phase next, String why, long nowMs) {
    return new PartStatus(name, next, why, ports, process, restarts, nowMs, startMs);
  }

  PartStatus as(@Nullable ProcessIdentity running) {
    return new PartStatus(name, phase, detail, ports, running, restarts, sinceMs, startMs);
  }

  PartStatus startedIn(long tookMs) {
    return new PartStatus(name, phase, detail, ports, process, restarts, sinceMs, tookMs);
  }

  PartStatus restarted() {
    return new PartStatus(name, phase, detail, ports, process, restarts + 1, sinceMs, startMs);
  }
}
