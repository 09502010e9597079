package dev.lantern.ordercenter.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.ordercenter.settle.Given;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Orders booked with a token beside what token-service says that it signed.
@Tag("engine")
final class CeilingPassEngineTest {
  private static final long LEASE = 7;
  private static final Instant BEGAN = Instant.parse("2027-01-01T11:50:00Z");

  private static final AuditedBooks books = new AuditedBooks();

  private final List<String> halts = new ArrayList<>();
  private final AtomicLong surplus = new AtomicLong();
  private long signed = 40;
  private Instant began = BEGAN;
  private final CeilingPass pass =
      new CeilingPass(
          new Signatures() {
            @Override
            public Signed signed() {
              return new Signed(signed, Optional.of(began));
            }

            @Override
            public void halt(String reason) {
              halts.add(reason);
            }
          },
          new MysqlTokenCounts(books.ledger.database()),
          books.findings,
          surplus::set,
          books::moment);
  private Leadership mine = new Leadership("nobody", 0);

  @BeforeEach
  void book() {
    books.reset();
    books.lease(LEASE);
    books.book(
        IntStream.range(0, 40).mapToObj(n -> Given.of(10_000 + n, 1, LEASE)).toList(),
        AuditedBooks.BOOKED_AT);
    books.update("update orders set token_key_id = 'reward-live-00000001'");
    MysqlMarks seats = new MysqlMarks(books.ledger.database());
    mine = seats.take(seats.leader(), "test").orElseThrow();
  }

  @AfterAll
  static void close() {
    books.close();
  }

  @Test
  void asManyTokensAsOrders_orMore_areNoFinding_howeverOldTheyGet() {
    tick();
    assertThat(surplus).hasValue(0);
    signed = 45;
    for (int i = 0; i < 30; i++) {
      books.pass(Duration.ofMinutes(1));
      tick();
    }

    assertThat(surplus).hasValue(5);
    assertThat(books.open()).isEmpty();
    assertThat(halts).isEmpty();
  }

  @Test
  void anOrderMore_haltsSigningOnce_andIsOneFinding_untilItIsExplained() {
    signed = 39;
    tick();
    tick();

    assertThat(halts).hasSize(1);
    assertThat(books.open()).hasSize(1);
    assertThat(books.open().getFirst().found().what()).isEqualTo(Discrepancy.OVER_CEILING);
    assertThat(books.open().getFirst().found().orders()).isEqualTo(1);

    signed = 40;
    tick();
    assertThat(books.open()).isEmpty();
  }

  @Test
  void anOrderMore_isStillSeen_whenItIsOld() {
    signed = 39;
    for (int i = 0; i < 30; i++) {
      books.pass(Duration.ofMinutes(1));
      tick();
    }

    assertThat(books.open()).hasSize(1);
    assertThat(halts).hasSize(1);
  }

  @Test
  void ordersWithoutAToken_andThoseFromBeforeTheLog_areNotCounted() {
    signed = 1;
    books.update("update orders set token_key_id = '' where act_id <> 10000");
    tick();
    assertThat(books.open()).isEmpty();

    signed = 0;
    began = Instant.parse("2027-01-01T12:00:00Z");
    tick();
    assertThat(books.open()).isEmpty();
  }

  private void tick() {
    books.pass(Duration.ofSeconds(5));
    pass.tick(mine);
  }
}
