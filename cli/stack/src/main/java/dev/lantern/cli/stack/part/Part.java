package dev.lantern.cli.stack.part;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/// One process of the stack.
///
/// @param name also the name of its pid file and its log
/// @param ports all it listens on, the one to show first
/// @param after the parts that must be ready before this one is started
/// @param preparation makes what it needs on disk and says what to run; called before every start,
///   hence cheap and harmless when nothing is left to do
/// @param probe asks the process itself whether it serves
/// @param readyWithin how long a start may take before it counts as failed
/// @param stopGrace how long a polite stop may take before it is killed
public record Part(
    String name,
    List<Integer> ports,
    Set<String> after,
    Preparation preparation,
    Probe probe,
    Duration readyWithin,
    Duration stopGrace) {
  public Part {
    ports = List.copyOf(ports);
    after = Set.copyOf(after);
    if (ports.isEmpty()) {
      throw new IllegalArgumentException(name + " listens on nothing");
    }
  }
}
