package dev.lantern.sdk.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lantern.order.v1.Budget;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BudgetReaderTest {
  private long now;
  private boolean away;
  private int asked;
  private final BudgetReader reader = new BudgetReader(this::ask, () -> now);

  private Budget ask(String template) {
    asked++;
    now += Duration.ofMillis(200).toNanos();
    if (away) {
      throw Status.UNAVAILABLE.asRuntimeException();
    }
    return Budget.newBuilder().setBudgetId("of-" + template).setFree(100 - asked).build();
  }

  @Test
  void budget_isAsOldAsItsQuestion_andAgesWhileNobodyAnswers() {
    assertThat(reader.read("t-1")).isEmpty();
    reader.poll();
    BudgetReader.Reading first = reader.read("t-1").orElseThrow();
    assertThat(first.budget().getBudgetId()).isEqualTo("of-t-1");
    assertThat(first.age()).isEqualTo(Duration.ofMillis(200));

    away = true;
    reader.poll();
    BudgetReader.Reading second = reader.read("t-1").orElseThrow();
    assertThat(second.budget()).isEqualTo(first.budget());
    assertThat(second.age()).isEqualTo(Duration.ofMillis(400));
  }

  @Test
  void read_asksNobody() {
    var _ = reader.read("t-1");
    reader.poll();
    for (int i = 0; i < 100; i++) {
      assertThat(reader.read("t-1").map(r -> r.budget().getFree())).isEqualTo(Optional.of(99L));
    }
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void templates_areBounded() {
    for (int i = 0; i < BudgetReader.MOST; i++) {
      var _ = reader.read("t-" + i);
    }
    assertThatThrownBy(() -> reader.read("one-more")).isInstanceOf(IllegalStateException.class);
  }
}
