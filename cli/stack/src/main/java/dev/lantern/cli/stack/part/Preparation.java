package dev.lantern.cli.stack.part;

import dev.lantern.cli.stack.process.Launch;
import java.io.IOException;

/// Makes what a part needs on disk (unpacks, installs, renders) and says what to run.
@FunctionalInterface
public interface Preparation {
  Launch prepare() throws IOException, InterruptedException;
}
