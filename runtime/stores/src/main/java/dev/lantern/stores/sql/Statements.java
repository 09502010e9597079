package dev.lantern.stores.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that runs statements: a [Transaction], or a [Database] one statement at a time.
///
/// Placeholders are `?`, bound in order. Arguments are `Long`, `Integer`, `Short`, `Byte`,
/// `Boolean`, `String`, `byte[]`, `java.time.Instant` (to the microsecond, UTC),
/// `java.math.BigDecimal`, an enum (its name) or null.
public interface Statements {

  /// Runs a change and returns the number of rows.
  ///
  /// For `update` these are the rows the `where` clause **found**, changed or not: the driver
  /// always sets MySQL's CLIENT_FOUND_ROWS. So a row count decides who won only when the `where`
  /// clause itself stops matching after the change (`where state = ? …`, `… and seq = ?`). For
  /// `insert … on duplicate key update`: 1 inserted *or* found equal, 2 changed. For `delete` and
  /// `insert`: the rows deleted and inserted.
  long update(String sql, @Nullable Object... args);

  /// Runs a query and returns all its rows, at most [#MAX_ROWS]; more is a [StatementException]:
  /// page instead.
  List<Row> query(String sql, @Nullable Object... args);

  /// The most rows one query may return.
  int MAX_ROWS = 100_000;
}
