package dev.lantern.ordercenter.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.settle.Given;
import dev.lantern.ordercenter.settle.MemoryBooks;
import dev.lantern.ordercenter.settle.MemoryTopics;
import dev.lantern.ordercenter.settle.NoLeases;
import dev.lantern.ordercenter.settle.OffsetRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SweeperTest {
  private static final long LEASE = 11;
  private static final Instant NOW = Instant.parse("2027-01-01T12:01:00Z");

  private final MemoryBooks books = new MemoryBooks();
  private final MemoryTopics topics = new MemoryTopics();
  private final LogName log = topics.log("t", 1, 10, 10, 10, 10, 10, 10, 10, 10);
  private final MemoryTokens tokens = new MemoryTokens();
  private final Seen seen = new Seen();
  private Duration elapsed = Duration.ZERO;
  private final Sweeper sweeper =
      new Sweeper(
          tokens,
          books,
          () -> List.of(log),
          topics,
          new Forcing(books, new NoLeases(), this::now, Lane.LANE_LIVE, () -> 8),
          Lane.LANE_LIVE,
          this::now,
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          seen);
  private final Given given = Given.of(Given.user(0, 3, 8), 50, LEASE);

  @BeforeEach
  void lease() {
    books.lease(LEASE);
    books.ensureRows(log);
  }

  @Test
  void token_isForcedOnlyOnceThePartitionsHavePassedTheEndsReadAfterIt() {
    tokens.put(given);
    sweeper.tick();
    assertThat(topics.asked).startsWith("ends", "id");

    bookedUpTo(9);
    sweeper.tick();
    assertThat(books.orders).isEmpty();

    bookedUpTo(10);
    sweeper.tick();
    assertThat(books.orders).hasSize(1);
    assertThat(tokens.stored).isEmpty();
    assertThat(seen.forced).isEqualTo(1);
  }

  @Test
  void token_thatSettlementHandledMeanwhile_isLeftAlone() {
    tokens.put(given);
    sweeper.tick();
    tokens.stored.clear();

    bookedUpTo(10);
    sweeper.tick();

    assertThat(books.orders).isEmpty();
  }

  @Test
  void token_ofABookedOrder_isRemoved() {
    bookedUpTo(10);
    tokens.put(given);
    run();
    tokens.put(given);
    elapsed = elapsed.plusSeconds(11);
    run();

    assertThat(tokens.stored).isEmpty();
    assertThat(seen.removed).isEqualTo(1);
    assertThat(books.leases.get(LEASE)).isEqualTo(50L);
  }

  @Test
  void token_thatIsYoung_isLeftToSettlement() {
    bookedUpTo(10);
    tokens.put(given.acceptedAt(NOW.minusSeconds(4)));

    run();

    assertThat(books.orders).isEmpty();
    assertThat(tokens.stored).hasSize(1);
  }

  @Test
  void token_whoseUnitIsBusy_isParkedAfterPatience() {
    bookedUpTo(10);
    books.fencedLeases.add(LEASE);
    tokens.put(given);
    run();
    assertThat(books.orders).isEmpty();

    elapsed = elapsed.plus(Sweeper.PATIENCE).plusSeconds(1);
    run();

    assertThat(books.orders).hasSize(1);
    assertThat(books.postings).isEmpty();
    assertThat(tokens.stored).isEmpty();
  }

  @Test
  void vanishedTopic_isNotWaitedFor() {
    topics.ids.put(log.topic(), "another");
    tokens.put(given);

    run();

    assertThat(books.orders).hasSize(1);
  }

  @Test
  void topicThatVanishesAfterItsEndsWereRead_isNotWaitedFor() {
    tokens.put(given);
    sweeper.tick();
    topics.ids.remove(log.topic());

    sweeper.tick();

    assertThat(books.orders).hasSize(1);
    assertThat(tokens.stored).isEmpty();
  }

  @Test
  void nothingOutstanding_restsBetweenWalks() {
    sweeper.tick();
    sweeper.tick();
    sweeper.tick();

    assertThat(tokens.walks).isEqualTo(1);
    assertThat(topics.asked).isEmpty();
  }

  private void run() {
    sweeper.tick();
    sweeper.tick();
  }

  private void bookedUpTo(long offset) {
    for (OffsetRow row : books.rows(Lane.LANE_LIVE)) {
      books.rows.put(
          row.key(),
          new OffsetRow(row.lane(), row.topicId(), row.partition(), offset, "w", 1, row.seq() + 1));
    }
  }

  private Moment now() {
    return new Moment(elapsed.toNanos(), NOW.plus(elapsed));
  }

  private static final class MemoryTokens implements TokenStore {
    final List<StoredToken> stored = new ArrayList<>();
    int walks;

    void put(Given given) {
      stored.add(new StoredToken(given.promise(), ByteString.copyFromUtf8("token " + given)));
    }

    @Override
    public List<Integer> entrances() {
      return List.of(0);
    }

    @Override
    public Page walk(int entrance, String cursor) {
      walks++;
      return new Page(START, List.copyOf(stored), 0);
    }

    @Override
    public List<StoredToken> ofUser(long actId) {
      return stored.stream().filter(token -> token.promise().actId() == actId).toList();
    }

    @Override
    public List<StoredToken> stillThere(Collection<StoredToken> tokens) {
      return tokens.stream().filter(stored::contains).toList();
    }

    @Override
    public void remove(Collection<StoredToken> tokens) {
      stored.removeAll(tokens);
    }
  }

  private static final class Seen implements SweepWatch {
    int removed;
    int forced;

    @Override
    public void removed(int tokens) {
      removed += tokens;
    }

    @Override
    public void forced(StoredToken token, Forcing.Outcome outcome) {
      forced++;
    }

    @Override
    public void unreadable(int entries) {}
  }
}
