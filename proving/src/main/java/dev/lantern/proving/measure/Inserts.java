package dev.lantern.proving.measure;

import dev.lantern.proving.measure.ScratchLedger.BookedRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/// The ways of writing booked orders that settlement is compared with, given every advantage:
/// tables that begin empty, statements that are ready before the clock runs, nothing looked up, no
/// offset moved.
final class Inserts {
  private static final String AGAIN =
      " on duplicate key update booked_fen = booked_fen + values(booked_fen),"
          + " income_fen = income_fen + values(income_fen), seq = seq + 1";

  private final ScratchLedger ledger;
  private final List<List<String>> transactions;
  private final int ordersEach;

  private Inserts(ScratchLedger ledger, List<List<String>> transactions, int ordersEach) {
    this.ledger = ledger;
    this.transactions = transactions;
    this.ordersEach = ordersEach;
  }

  /// A transaction an order with every effect that its booking has: its row, its posting, its
  /// balance, its unit counted on the lease, its cost on the platform's account.
  static Inserts oneByOne(ScratchLedger ledger, BookedRows rows) {
    var transactions = new ArrayList<List<String>>();
    for (int i = 0; i < rows.size(); i++) {
      var statements = new ArrayList<>(inserts(rows, i, i + 1, AGAIN));
      statements.addAll(counts(rows.counted().get(i)));
      transactions.add(List.copyOf(statements));
    }
    return new Inserts(ledger, transactions, 1);
  }

  /// A transaction an order with its row, its posting and its balance alone.
  static Inserts bareOneByOne(ScratchLedger ledger, BookedRows rows) {
    return inGroups(ledger, rows, 1, AGAIN);
  }

  /// The bare rows, so many a statement, a statement a table, a transaction for the three.
  static Inserts raw(ScratchLedger ledger, BookedRows rows, int each) {
    return inGroups(ledger, rows, each, "");
  }

  private static Inserts inGroups(ScratchLedger ledger, BookedRows rows, int each, String suffix) {
    var transactions = new ArrayList<List<String>>();
    for (int from = 0; from + each <= rows.size(); from += each) {
      transactions.add(inserts(rows, from, from + each, suffix));
    }
    return new Inserts(ledger, transactions, each);
  }

  private static List<String> inserts(BookedRows rows, int from, int to, String suffix) {
    return List.of(
        "insert into orders values " + String.join(",", rows.orders().subList(from, to)),
        "insert into postings values " + String.join(",", rows.postings().subList(from, to)),
        "insert into balances values "
            + String.join(",", rows.balances().subList(from, to))
            + suffix);
  }

  private static List<String> counts(ScratchLedger.Counted order) {
    return List.of(
        "update lease_booked set booked = booked + 1, seq = seq + 1 where lease_id = %d and partition_no = %d and fenced = false"
            .formatted(order.leaseId(), order.partition()),
        "insert into platform_accounts values ('cost:%1$s', %2$d, '%1$s', %3$d, 1, 1)"
                .formatted(order.parentActivityId(), order.partition(), order.amountFen())
            + " on duplicate key update amount_fen = amount_fen + values(amount_fen),"
            + " entries = entries + values(entries), seq = seq + 1");
  }

  /// Empties the tables and opens connections, so that neither is measured.
  Ready ready(int connections) {
    ledger.empty();
    var opened = new ArrayList<Connection>();
    try {
      for (int i = 0; i < connections; i++) {
        Connection connection = ledger.connect();
        opened.add(connection);
        connection.setAutoCommit(false);
      }
      return new Ready(opened);
    } catch (SQLException e) {
      throw new IllegalStateException("no connection to write with: " + e.getMessage(), e);
    }
  }

  /// Connections that wait to write.
  final class Ready implements AutoCloseable {
    private final List<Connection> connections;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger written = new AtomicInteger();

    private Ready(List<Connection> connections) {
      this.connections = connections;
    }

    /// Writes until the rows or the time have run out; returns the orders written.
    Meter.Done write(BooleanSupplier goOn) {
      try (var threads = Executors.newFixedThreadPool(connections.size())) {
        List<Future<?>> all = new ArrayList<>();
        for (Connection connection : connections) {
          all.add(
              threads.submit(() -> {
                write(connection, goOn);
                return null;
              }));
        }
        for (Future<?> one : all) {
          one.get();
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException("the rows cannot be written: " + e.getCause(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
      return new Meter.Done((long) written.get() * ordersEach, 0);
    }

    private void write(Connection connection, BooleanSupplier goOn) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        int mine = next.getAndIncrement();
        while (mine < transactions.size() && goOn.getAsBoolean()) {
          for (String sql : transactions.get(mine)) {
            statement.execute(sql);
          }
          connection.commit();
          written.incrementAndGet();
          mine = next.getAndIncrement();
        }
      }
    }

    @Override
    public void close() {
      for (Connection connection : connections) {
        try {
          connection.close();
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }
}
