package dev.lantern.runtime.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/// The few figures of the JVM that explain most of its bad days: heap, buffers, threads,
/// collections, processor time.
final class JvmMeters {

  private static final AttributeKey<String> POOL = AttributeKey.stringKey("pool");
  private static final AttributeKey<String> COLLECTOR = AttributeKey.stringKey("collector");

  private JvmMeters() {}

  static void register(Meter meter) {
    var memory = ManagementFactory.getMemoryMXBean();
    var threads = ManagementFactory.getThreadMXBean();
    var _ =
        meter
            .gaugeBuilder("jvm.memory.used")
            .setUnit("By")
            .ofLongs()
            .buildWithCallback(gauge -> {
              gauge.record(memory.getHeapMemoryUsage().getUsed(), Attributes.of(POOL, "heap"));
              gauge.record(
                  memory.getNonHeapMemoryUsage().getUsed(), Attributes.of(POOL, "non-heap"));
              for (var pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
                gauge.record(pool.getMemoryUsed(), Attributes.of(POOL, pool.getName()));
              }
            });
    var _ =
        meter
            .gaugeBuilder("jvm.threads")
            .ofLongs()
            .buildWithCallback(gauge -> gauge.record(threads.getThreadCount()));
    var _ =
        meter
            .counterBuilder("jvm.gc.time")
            .setUnit("s")
            .ofDoubles()
            .buildWithCallback(counter -> {
              for (GarbageCollectorMXBean one : ManagementFactory.getGarbageCollectorMXBeans()) {
                counter.record(
                    one.getCollectionTime() / 1000.0, Attributes.of(COLLECTOR, one.getName()));
              }
            });
    var _ =
        meter
            .counterBuilder("jvm.cpu.time")
            .setUnit("s")
            .ofDoubles()
            .buildWithCallback(counter ->
                ProcessHandle.current()
                    .info()
                    .totalCpuDuration()
                    .map(Duration::toMillis)
                    .ifPresent(millis -> counter.record(millis / 1000.0)));
  }
}
