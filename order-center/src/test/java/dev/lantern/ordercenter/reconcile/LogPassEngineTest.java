package dev.lantern.ordercenter.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
final class LogPassEngineTest {
  @Test
  void partitionIdleForAnHour_thenARecordBehind_isNotStalled_untilItStandsStill() {
    try (AuditedBooks books = new AuditedBooks()) {
      Reconciler reconciler = books.reconciler("first");
      reconciler.tick();
      books.pass(Duration.ofHours(1));
      reconciler.tick();

      books.topics.ends.put(books.log.topic(), new long[] {0, 0, 0, 1, 0, 0, 0, 0});
      reconciler.tick();
      books.pass(Duration.ofSeconds(59));
      reconciler.tick();
      assertThat(stalled(books)).isEmpty();

      books.pass(Duration.ofSeconds(1));
      reconciler.tick();
      assertThat(stalled(books)).hasSize(1);
    }
  }

  private static List<Finding> stalled(AuditedBooks books) {
    return books.findings.list(
        new Filter(Optional.of(Discrepancy.LOG_STALLED), Optional.empty(), "", 0),
        Long.MAX_VALUE,
        10);
  }
}
