package dev.lantern.proving.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.proving.Wiring;
import dev.lantern.proving.measure.BenchName;
import dev.lantern.proving.measure.BenchReport;
import dev.lantern.proving.measure.BenchSize;
import dev.lantern.proving.measure.Comparison;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The benchmarks run, at a size that tells no figure worth keeping.
@Tag("e2e")
@ExtendWith(SharedStack.Running.class)
class BenchE2eTest {
  private static final BenchSize TINY =
      new BenchSize(1, Duration.ofMillis(500), Duration.ofMillis(500), 200, 10);

  @Test
  void accept_isMeasuredBesideAnEchoOfItsKind() {
    List<Comparison> found = run(BenchName.ACCEPT);

    assertThat(found).hasSize(2);
    assertThat(found).allSatisfy(it -> assertThat(it.ours()).isPositive());
    assertThat(found).allSatisfy(it -> assertThat(it.other()).isPositive());
    assertThat(found.getFirst().cpuUs()).containsKey("order-api-1");
    assertThat(new BenchReport(found).json()).contains("\"benchmarks\"");
  }

  @Test
  void settle_booksEveryOrderOnce_howeverManyRecordsCameTwice() {
    List<Comparison> found = run(BenchName.SETTLE);

    assertThat(found).hasSize(5);
    assertThat(found).allSatisfy(it -> assertThat(it.errors()).isZero());
    assertThat(found).allSatisfy(it -> assertThat(it.oursPerS()).isPositive());
    assertThat(found).allSatisfy(it -> assertThat(it.otherPerS()).isPositive());
  }

  @Test
  void counter_writesNoRedisMoreThanOnceAWriterAndSecond() {
    List<Comparison> found = run(BenchName.COUNTER);

    assertThat(found).hasSize(6);
    assertThat(found).allSatisfy(it -> assertThat(it.ours()).isPositive());
    assertThat(found).allSatisfy(it -> assertThat(it.errors()).isZero());
    assertThat(found.getLast().ours()).isLessThanOrEqualTo(1);
  }

  @Test
  void growth_comparesEachFigureWithItself_andTakesItsDataAway() throws SQLException {
    List<Comparison> found = run(BenchName.GROWTH);

    assertThat(found).hasSize(4);
    assertThat(found).allSatisfy(it -> assertThat(it.ours()).isPositive());
    assertThat(found).allSatisfy(it -> assertThat(it.other()).isPositive());
    try (Connection ledger = SharedStack.access().connect("auditor");
        Statement statement = ledger.createStatement();
        ResultSet left =
            statement.executeQuery(
                "select count(*) from lantern_order.orders where activity_id like 'bench-g-%'")) {
      assertThat(left.next()).isTrue();
      assertThat(left.getLong(1)).isZero();
    }
  }

  private static List<Comparison> run(BenchName name) {
    return Wiring.benchmark(name, SharedStack.access(), SharedStack.progress(), TINY).run();
  }
}
