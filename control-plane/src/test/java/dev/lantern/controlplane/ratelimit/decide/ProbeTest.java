package dev.lantern.controlplane.ratelimit.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.controlplane.ratelimit.bucket.Ask;
import dev.lantern.controlplane.ratelimit.bucket.Given;
import dev.lantern.controlplane.ratelimit.bucket.Lane;
import dev.lantern.controlplane.ratelimit.bucket.MemoryBuckets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbeTest {
  private final Standing standing = new Standing();
  private boolean refusesToWrite;

  /// One that answers, but takes nothing, as a Redis that is full does.
  private final MemoryBuckets buckets =
      new MemoryBuckets(() -> 0) {
        @Override
        public synchronized List<Given> take(
            Lane lane, long number, List<Ask> asks, Duration within) {
          if (refusesToWrite) {
            throw new BucketsUnavailableException("OOM");
          }
          return super.take(lane, number, asks, within);
        }
      };

  private final Probe probe =
      new Probe(new Lane("limiter", 4), buckets, standing, Duration.ofMillis(15));

  @Test
  void storeThatTakes_answers() {
    probe.run();

    assertThat(standing.answers()).isTrue();
    assertThat(buckets.requests()).isEqualTo(1);
  }

  @Test
  void storeThatTakesNothing_countsAsGone_howeverOftenItIsAsked() {
    probe.run();
    refusesToWrite = true;
    for (int i = 0; i < Standing.PATIENCE; i++) {
      assertThat(standing.answers()).isTrue();
      probe.run();
    }
    assertThat(standing.answers()).isFalse();
  }

  @Test
  void storeThatIsBack_isAskedAgain() {
    refusesToWrite = true;
    probe.run();
    refusesToWrite = false;
    probe.run();

    assertThat(standing.answers()).isTrue();
  }
}
