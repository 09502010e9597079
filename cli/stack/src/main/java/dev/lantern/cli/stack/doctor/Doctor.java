package dev.lantern.cli.stack.doctor;

import dev.lantern.cli.stack.cache.ArtifactCache;
import dev.lantern.cli.stack.home.Home;
import dev.lantern.cli.stack.part.Part;
import dev.lantern.cli.stack.plan.Parts;
import dev.lantern.cli.stack.plan.Scale;
import dev.lantern.cli.stack.port.FreePorts;
import dev.lantern.cli.stack.port.PortHolder;
import dev.lantern.cli.stack.supervise.StackState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Examines this machine.
public final class Doctor {
  private static final long GB = 1L << 30;
  private static final long DISK_NEEDED = 3 * GB;
  private static final long MEMORY_NEEDED = 3 * GB;

  private final Home home;
  private final Path checkout;
  private final int basePort;
  private final Map<String, String> environment;

  public Doctor(Home home, Path checkout, int basePort, Map<String, String> environment) {
    this.home = home;
    this.checkout = checkout;
    this.basePort = basePort;
    this.environment = environment;
  }

  public List<Check> examine() {
    var checks = new ArrayList<Check>();
    checks.add(Programs.java());
    checks.add(Programs.maven(environment));
    checks.add(Programs.python());
    checks.add(Programs.setsid());
    checks.add(processor());
    checks.add(disk("disk of the stack", home.root()));
    checks.add(disk("disk of the cache", ArtifactCache.ofUser(environment).root()));
    checks.add(memory());
    checks.add(ports());
    return checks;
  }

  private static Check processor() {
    String need = "an x86-64 Linux (the embedded MariaDB exists for it alone)";
    String found = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    return found.equals("Linux amd64")
        ? Check.good("processor", need, found)
        : Check.missing("processor", need, found, "use an x86-64 Linux machine or container");
  }

  private static Check disk(String name, Path directory) {
    String need = "3 GB free for engines, data and logs, in " + directory;
    try {
      Path existing = directory;
      while (!Files.exists(existing) && existing.getParent() != null) {
        existing = existing.getParent();
      }
      long free = Files.getFileStore(existing).getUsableSpace();
      String found = gigabytes(free) + " free";
      return free >= DISK_NEEDED
          ? Check.good(name, need, found)
          : Check.missing(
              name,
              need,
              found,
              "free some space, or set LANTERN_HOME (stack) or"
                  + " XDG_CACHE_HOME (cache) to another disk");
    } catch (IOException e) {
      return Check.missing(name, need, e.toString(), "is the directory readable?");
    }
  }

  private static Check memory() {
    String need = "3 GB of memory available for the whole stack";
    try {
      for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
        if (line.startsWith("MemAvailable:")) {
          long bytes = Long.parseLong(line.replaceAll("\\D", "")) << 10;
          String found = gigabytes(bytes) + " available";
          return bytes >= MEMORY_NEEDED
              ? Check.good("memory", need, found)
              : Check.poor("memory", need, found, "stop other programs; the stack may be killed");
        }
      }
    } catch (IOException e) {
      // Said below.
    }
    return Check.poor("memory", need, "unknown", "is /proc mounted?");
  }

  private Check ports() {
    String need = "free ports from " + basePort + " up (LANTERN_BASE_PORT)";
    if (StackState.running(home).isPresent()) {
      return Check.good("ports", need, "held by this home's own running stack");
    }
    var taken = new ArrayList<String>();
    for (Part part : Parts.named(Parts.ALL, home, checkout, basePort).parts(Scale.SMALLEST)) {
      for (int port : part.ports()) {
        if (!FreePorts.free(port)) {
          taken.add(port + PortHolder.of(port).map(by -> " by " + by).orElse(""));
        }
      }
    }
    return taken.isEmpty()
        ? Check.good("ports", need, "all free")
        : Check.missing(
            "ports",
            need,
            "taken: " + String.join(", ", taken),
            "stop those, or choose another base, e.g. LANTERN_BASE_PORT=8700");
  }

  private static String gigabytes(long bytes) {
    return Math.round(bytes * 10.0 / GB) / 10.0 + " GB";
  }
}
