package dev.lantern.proving.measure;

import dev.lantern.proving.place.StackAccess;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// Measures work by the clock and by the processors' time of the stack's processes.
final class Meter {
  static final String CLIENTS = "clients";

  private final ProcessCpu cpu;

  private Meter(Map<String, Long> pids) {
    this.cpu = new ProcessCpu(pids);
  }

  /// For the stack's processes as they run now, this one, and others by name.
  static Meter of(StackAccess stack, Map<String, Long> others) {
    var pids = new LinkedHashMap<String, Long>();
    for (String part : stack.parts()) {
      stack.pid(part).ifPresent(pid -> pids.put(part, pid));
    }
    pids.putAll(others);
    pids.put(CLIENTS, ProcessHandle.current().pid());
    return new Meter(pids);
  }

  /// What some work did.
  record Done(long good, long bad) {}

  Sample measure(Supplier<Done> work) {
    Map<String, Long> before = cpu.micros();
    long begun = System.nanoTime();
    Done done = work.get();
    double seconds = (System.nanoTime() - begun) / 1e9;
    return new Sample(done.good(), done.bad(), seconds, ProcessCpu.since(before, cpu.micros()));
  }
}
