package dev.lantern.stores.sql;

import io.r2dbc.spi.R2dbcException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Sorts what the driver reports into our few exceptions, by MySQL's error number.
final class Errors {

  private static final int DUPLICATE_KEY = 1062;

  // 1205 lock wait, 1213 deadlock; TiDB: 9007 write conflict, 8022 commit to be retried, 8028
  // schema changed meanwhile.
  private static final Set<Integer> CONFLICT = Set.of(1205, 1213, 9007, 8022, 8028);

  // The server answered, and the answer says it could not do it now. 1969 and 3024: over the time
  // limit; 1317:
  // interrupted; 1040, 1203: too many connections; 1053: shutting down; 1290, 1836: read only;
  // 1021: disk full; 1180,
  // 1637: out of transaction slots; 3572: nowait; 1020: a row changed under a snapshot.
  private static final Set<Integer> UNAVAILABLE =
      Set.of(1969, 3024, 1317, 1040, 1203, 1053, 1290, 1836, 1021, 1180, 1637, 3572, 1020);

  private Errors() {}

  /// The server's own answer to a statement, or null when the failure is the connection's: then
  /// nobody knows whether the statement ran.
  static @Nullable StoreException answered(Throwable failure, String sql) {
    if (!(failure instanceof R2dbcException e) || e.getErrorCode() == 0) {
      return null;
    }
    int code = e.getErrorCode();
    String message = "MySQL " + code + ": " + e.getMessage() + " [" + head(sql) + "]";
    if (code == DUPLICATE_KEY) {
      return new DuplicateKeyException(message, e);
    }
    if (CONFLICT.contains(code)) {
      return new ConflictException(message, e);
    }
    if (UNAVAILABLE.contains(code)) {
      return new StoreUnavailableException(message, e);
    }
    return new StatementException(message, code, e);
  }

  /// Enough of a statement to find it; never its arguments.
  static String head(String sql) {
    String line = sql.strip().replaceAll("\\s+", " ");
    return line.length() <= 80 ? line : line.substring(0, 80) + "…";
  }
}
