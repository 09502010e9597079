package dev.lantern.proving.laws;

import dev.lantern.proving.clientlog.ClientEntry;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A violation to plant.
sealed interface Plant {
  Law law();

  String name();

  /// The findings by which it may be reported, under its law.
  List<String> kinds();

  /// Statements that change the ledger behind the service's back, within a transaction that is
  /// rolled back. Each must change a row.
  record InLedger(Law law, String name, List<String> kinds, List<Statement> statements)
      implements Plant {}

  /// A line of a copy of the client logs changed: the first line for which `change` has another.
  record InLog(
      Law law, String name, List<String> kinds, Function<ClientEntry, Optional<ClientEntry>> change)
      implements Plant {}

  record Statement(String sql, List<Object> arguments) {}
}
