package dev.lantern.cli.stack.part;

/// Asks a process, in its own protocol, whether it serves. Returns within about two seconds
/// whatever the process does; a refusal, silence or nonsense is `false`.
@FunctionalInterface
public interface Probe {
  boolean serves();
}
