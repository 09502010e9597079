package dev.lantern.proving.measure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// The processor time that processes have used so far, user and system, as the kernel counts it (in
/// hundredths of a second).
record ProcessCpu(Map<String, Long> pids) {
  ProcessCpu {
    pids = new LinkedHashMap<>(pids);
  }

  /// Microseconds by process. Throws IllegalStateException when one is gone: what it used would be
  /// missing.
  Map<String, Long> micros() {
    var micros = new LinkedHashMap<String, Long>();
    pids.forEach((name, pid) -> micros.put(name, micros(name, pid)));
    return micros;
  }

  /// What was used between the two.
  static Map<String, Long> since(Map<String, Long> before, Map<String, Long> after) {
    var used = new LinkedHashMap<String, Long>();
    after.forEach((name, micros) -> used.put(name, micros - before.getOrDefault(name, 0L)));
    return used;
  }

  private static long micros(String name, long pid) {
    Duration used =
        ProcessHandle.of(pid)
            .flatMap(process -> process.info().totalCpuDuration())
            .orElseThrow(
                () -> new IllegalStateException(name + " has ended while it was measured"));
    return used.toNanos() / 1_000;
  }
}
