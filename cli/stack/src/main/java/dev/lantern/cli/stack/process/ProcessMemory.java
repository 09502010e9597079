package dev.lantern.cli.stack.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a process holds in memory.
public final class ProcessMemory {
  private ProcessMemory() {}

  /// Its resident set in bytes (shared pages counted in full); 0 if it is gone.
  public static long bytes(ProcessIdentity process) {
    try {
      for (String line :
          Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) << 10;
        }
      }
      return 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
