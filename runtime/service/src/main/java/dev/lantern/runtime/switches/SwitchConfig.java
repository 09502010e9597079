package dev.lantern.runtime.switches;

import java.nio.file.Path;

/// - `lastKnown`: the file that keeps what the control plane last said, so that a restart without
///   it starts from there
public record SwitchConfig(Path lastKnown) {}
