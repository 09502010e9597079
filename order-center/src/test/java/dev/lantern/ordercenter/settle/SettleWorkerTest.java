package dev.lantern.ordercenter.settle;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.queue.LogName;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettleWorkerTest {
  private static final Clock CLOCK = () -> new Moment(0, Instant.parse("2027-01-01T12:00:01Z"));

  private final MemoryTopics topics = new MemoryTopics();
  private final LogName log = topics.log("t", 1, 0);
  private final PartitionId id = new PartitionId(log, 0);
  private final MemoryBooks books = new MemoryBooks();
  private final Holdings holdings = new Holdings();
  private final TornReader reader = new TornReader();
  private final SettleWorker worker =
      new SettleWorker(
          holdings,
          books,
          reader,
          topics,
          new PartitionBooking(
              new GroupBooking(books, books, CLOCK),
              _ -> {},
              (_, _, book) -> book.get(),
              new SilentWatch(),
              CLOCK),
          _ -> {},
          new SilentWatch(),
          CLOCK);

  @Test
  void aStoppedPartition_thatAnotherWorkerTakes_isNoConcernOfThisOne() {
    books.ensureRows(log);
    long epoch = books.take(books.row(id).orElseThrow(), "me").orElseThrow();
    Holding holding = new Holding(new Claim(id, epoch), CLOCK.now());
    holdings.add(holding);
    reader.torn = Map.of(id, "out of range");
    worker.turnOrReadAgain();
    assertThatThrownBy(worker::check).isInstanceOf(IllegalStateException.class);

    holdings.remove(holding);
    worker.turnOrReadAgain();
    assertThatCode(worker::check).doesNotThrowAnyException();
  }

  /// A log that cannot be read on.
  private static final class TornReader implements LogReader {
    private Map<PartitionId, String> torn = Map.of();

    @Override
    public void assign(Set<PartitionId> partitions) {}

    @Override
    public void seek(PartitionId partition, long offset) {}

    @Override
    public void pause(PartitionId partition) {}

    @Override
    public Fetched poll(Duration patience) {
      return new Fetched(Map.of(), torn);
    }

    @Override
    public OptionalLong remaining(PartitionId partition) {
      return OptionalLong.empty();
    }

    @Override
    public void wakeUp() {}

    @Override
    public void close() {}
  }
}
