package dev.lantern.ordercenter.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lantern.counter.v1.WriterTotal;
import dev.lantern.order.v1.Stage;
import dev.lantern.ordercenter.budget.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TallyFlusherTest {
  private final List<AccountTotal> accounts = new ArrayList<>();
  private final List<List<WriterTotal>> reported = new ArrayList<>();
  private boolean down;
  private boolean treeRead = true;
  private Duration elapsed = Duration.ZERO;
  private final TallyFlusher flusher =
      new TallyFlusher(
          () -> List.copyOf(accounts),
          totals -> {
            if (down) {
              throw new IllegalStateException("counters are away");
            }
            reported.add(totals);
          },
          () -> new Moment(elapsed.toNanos(), Instant.EPOCH.plus(elapsed)),
          (_, child) ->
              Optional.of(child)
                  .filter(_ -> treeRead)
                  .map(id ->
                      id.endsWith("-internal") ? Stage.STAGE_INTERNAL : Stage.STAGE_OFFICIAL));

  @Test
  void tick_reportsTotalsUnderTheParentsNames() {
    accounts.add(new AccountTotal("cost:spring-official", 3, "spring", 880, 10, 1));

    flusher.tick();

    assertThat(reported.getFirst())
        .containsExactly(
            total("spring.opened", "settle:cost:spring-official:3", 10),
            total("spring.fen", "settle:cost:spring-official:3", 880));
  }

  @Test
  void tick_rehearsal_countsUnderItsOwnName_notThePublics() {
    accounts.add(new AccountTotal("cost:spring-internal", 3, "spring", 5, 5, 1));

    flusher.tick();

    assertThat(reported.getFirst())
        .containsExactly(
            total("spring-internal.opened", "settle:cost:spring-internal:3", 5),
            total("spring-internal.fen", "settle:cost:spring-internal:3", 5));
  }

  @Test
  void tick_stageNotKnownYet_waitsUntilItIs() {
    accounts.add(new AccountTotal("cost:spring-internal", 3, "spring", 5, 5, 1));
    treeRead = false;
    flusher.tick();
    assertThat(reported).isEmpty();
    treeRead = true;

    flusher.tick();

    assertThat(reported).hasSize(1);
  }

  @Test
  void tick_nothingNew_reportsNothing() {
    accounts.add(new AccountTotal("cost:a", 0, "p", 1, 1, 1));
    flusher.tick();

    flusher.tick();

    assertThat(reported).hasSize(1);
  }

  @Test
  void tick_afterAFailure_reportsTheTotalsOfThen() {
    accounts.add(new AccountTotal("cost:a", 0, "p", 5, 1, 1));
    down = true;
    assertThatThrownBy(flusher::tick).isInstanceOf(IllegalStateException.class);
    down = false;
    accounts.set(0, new AccountTotal("cost:a", 0, "p", 9, 2, 2));

    flusher.tick();

    assertThat(reported).hasSize(1);
    assertThat(reported.getFirst().getFirst().getTotal()).isEqualTo(2);
  }

  @Test
  void tick_everythingIsToldAgainAfterAWhile() {
    accounts.add(new AccountTotal("cost:a", 0, "p", 5, 1, 1));
    flusher.tick();
    elapsed = TallyFlusher.AGAIN;

    flusher.tick();

    assertThat(reported).hasSize(2);
  }

  @Test
  void tick_manyAccounts_areReportedInBoundedCalls() {
    for (int n = 0; n < 600; n++) {
      accounts.add(new AccountTotal("cost:a" + n, 0, "p", 5, 1, 1));
    }

    flusher.tick();

    assertThat(reported).hasSize(3).allMatch(totals -> totals.size() <= 500);
  }

  private static WriterTotal total(String name, String writer, long value) {
    return WriterTotal.newBuilder()
        .setName(name)
        .setWriter(writer)
        .setEpoch(1)
        .setTotal(value)
        .build();
  }
}
