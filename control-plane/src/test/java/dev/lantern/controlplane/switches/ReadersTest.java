package dev.lantern.controlplane.switches;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class ReadersTest {
  private final Instant[] now = {Instant.parse("2027-02-05T12:00:00Z")};
  private final Readers readers = new Readers(() -> now[0]);

  @Test
  void load_isTheBusiestServicesMean() {
    report("order-center/api-1", OptionalInt.of(90));
    report("order-center/api-2", OptionalInt.of(30));
    report("wallet-api", OptionalInt.of(50));
    report("counter-service", OptionalInt.empty());
    assertThat(readers.busyPercent()).hasValue(60);
  }

  @Test
  void load_thatIsOld_isUnknown() {
    report("order-center/api-1", OptionalInt.of(90));
    now[0] = now[0].plus(Readers.FRESH);
    assertThat(readers.busyPercent()).isEmpty();
    assertThat(readers.all()).hasSize(1);
    now[0] = now[0].plus(Readers.REMEMBERED);
    assertThat(readers.all()).isEmpty();
  }

  @Test
  void reports_areBounded_andTheOldestGoes() {
    for (int i = 0; i <= Readers.MOST; i++) {
      report("order-center/api-" + i, OptionalInt.of(1));
      now[0] = now[0].plusMillis(1);
    }
    assertThat(readers.all()).hasSize(Readers.MOST);
    assertThat(readers.all()).noneMatch(report -> report.watcher().equals("order-center/api-0"));
  }

  private void report(String watcher, OptionalInt busy) {
    readers.heard(new Readers.Report(watcher, 1, "d", busy, now[0]));
  }
}
