package dev.lantern.proving.measure;

import dev.lantern.proving.place.Auditor;
import dev.lantern.proving.place.QueueLag;
import dev.lantern.proving.place.StackAccess;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The accept log of the stack and how far it is booked, watched cheaply: one connection and one
/// small question at a time.
final class HeldLog implements AutoCloseable {
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(15);
  private static final String BOOKED =
      "select coalesce(sum(o.next_offset), 0) from lantern_order.queue_offsets o";

  private final Connection connection;
  private final QueueLag lag;
  private final String topic;
  private final int partitions;

  private HeldLog(Connection connection, QueueLag lag, Auditor.Booked newest) {
    this.connection = connection;
    this.lag = lag;
    this.topic = newest.topic();
    this.partitions = newest.partitions();
  }

  static HeldLog of(StackAccess stack) {
    var auditor = new Auditor(stack);
    Auditor.Booked newest =
        auditor.offsets().stream()
            .max(Comparator.comparing(Auditor.Booked::topic))
            .orElseThrow(() -> new IllegalStateException("there is no accept log"));
    return new HeldLog(stack.connect("auditor"), new QueueLag(stack, auditor), newest);
  }

  String topic() {
    return topic;
  }

  int partitions() {
    return partitions;
  }

  /// Where the sum of all offsets will be when what is in the log now is booked; of a log that is
  /// being booked, no more than that.
  long end() {
    long booked = booked();
    OptionalLong records = lag.inLog();
    if (records.isEmpty()) {
      throw new IllegalStateException("the accept log cannot be asked for its end");
    }
    return booked + records.getAsLong();
  }

  /// Returns when everything accepted is booked, by whatever way it came.
  void awaitEmpty(Duration within) {
    long until = System.nanoTime() + within.toNanos();
    while (lag.records().orElse(1) > 0) {
      refuseAfter(until, within);
    }
  }

  /// Returns when the offsets stand there, or throws when they do not within the time.
  void await(long end, Duration within) {
    long until = System.nanoTime() + within.toNanos();
    while (booked() < end) {
      refuseAfter(until, within);
    }
  }

  private static void refuseAfter(long until, Duration within) {
    if (System.nanoTime() - until > 0) {
      throw new IllegalStateException(
          "settlement does not book what is in its log within " + within.toSeconds() + " s");
    }
    LockSupport.parkNanos(STEP_NANOS);
  }

  private long booked() {
    return number(BOOKED);
  }

  private long number(String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : 0;
    } catch (SQLException e) {
      throw new IllegalStateException("the ledger cannot be read: " + e.getMessage(), e);
    }
  }

  /// Orders of a scene that are booked.
  long bookedOf(String sceneId) {
    return number(
        "select count(*) from lantern_order.orders where state = 8 and scene_id = '%s'"
            .formatted(sceneId));
  }

  /// All orders in the ledger, roughly.
  long ordersInAll() {
    return number(
        "select table_rows from information_schema.tables"
            + " where table_schema = 'lantern_order' and table_name = 'orders'");
  }

  /// The settlement processes, by name.
  static List<String> settlers(StackAccess stack) {
    return stack.parts().stream().filter(part -> part.startsWith("order-settle-")).toList();
  }

  @Override
  public void close() {
    lag.close();
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
