package dev.lantern.controlplane.ratelimit.bucket;

import java.time.Duration;

class MemoryBucketsTest extends BucketsContract {
  private long micros = 1_800_000_000_000_000L;
  private final MemoryBuckets buckets = new MemoryBuckets(() -> micros);

  @Override
  Buckets buckets() {
    return buckets;
  }

  @Override
  long micros() {
    return micros;
  }

  @Override
  void pass(Duration time) {
    micros += time.toNanos() / 1_000;
  }
}
