package dev.lantern.ordercenter.operator;

import com.google.protobuf.ByteString;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.DuplicateKeyException;
import dev.lantern.stores.sql.Row;
import dev.lantern.stores.sql.Statements;
import dev.lantern.stores.sql.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Does what operators ask for, once: the request's row, the change and the audit's row are one
/// transaction, and the request's row is inserted first. Of the same request sent twice at once the
/// second waits for the first, and gets its answer.
///
/// A change that is refused rolls all of it back: the request may be made again.
public final class OperatorRequests {
  private static final int DETAIL_MAX = 2000;

  private OperatorRequests() {}

  /// The figures a change answers with, kept for the same request again.
  ///
  /// @param note what the audit tells besides
  public record Figures(long first, long second, String note) {
    public Figures(long first, long second) {
      this(first, second, "");
    }
  }

  /// What was done for this request before.
  public static Optional<Answer> earlier(Database database, OperatorRequest request) {
    return read(database, request);
  }

  /// Does it, unless it was done before.
  ///
  /// @param change may run more than once, like every transaction's body; what it throws passes
  public static Answer once(
      Database database, OperatorRequest request, Function<Transaction, Figures> change) {
    try {
      Figures done = database.inTransaction(tx -> change(tx, request, change));
      return new Answer.Done(done.first(), done.second(), false);
    } catch (KnownRequest known) {
      return read(database, request)
          .orElseThrow(
              () -> new IllegalStateException("a request that is there and is not", known));
    }
  }

  private static Figures change(
      Transaction tx, OperatorRequest request, Function<Transaction, Figures> change) {
    try {
      tx.update(
          "insert into operator_requests (request_id, action, digest, figure_1, figure_2, created_at)"
              + " values (?, ?, ?, 0, 0, utc_timestamp(6))",
          request.requestId(),
          request.action(),
          request.digest().toByteArray());
    } catch (DuplicateKeyException known) {
      throw new KnownRequest(known);
    }
    Figures figures = change.apply(tx);
    if (figures.first() != 0 || figures.second() != 0) {
      tx.update(
          "update operator_requests set figure_1 = ?, figure_2 = ? where request_id = ?",
          figures.first(),
          figures.second(),
          request.requestId());
    }
    note(tx, request, figures);
    return figures;
  }

  private static void note(Transaction tx, OperatorRequest request, Figures figures) {
    String detail =
        request.requestId()
            + ": "
            + request.reason()
            + " ("
            + figures.first()
            + ", "
            + figures.second()
            + ")"
            + figures.note();
    tx.update(
        "insert into audit (at, actor, action, target, detail)"
            + " values (utc_timestamp(6), ?, ?, ?, ?)",
        request.actor(),
        request.action(),
        request.target(),
        detail.substring(0, Math.min(DETAIL_MAX, detail.length())));
  }

  private static Optional<Answer> read(Statements database, OperatorRequest request) {
    List<Row> rows =
        database.query(
            "select action, digest, figure_1, figure_2 from operator_requests where request_id = ?",
            request.requestId());
    return rows.stream().findFirst().map(row -> answer(row, request));
  }

  private static Answer answer(Row row, OperatorRequest request) {
    boolean same =
        row.getString("action").equals(request.action())
            && ByteString.copyFrom(row.getBytes("digest")).equals(request.digest());
    return same
        ? new Answer.Done(row.getLong("figure_1"), row.getLong("figure_2"), true)
        : new Answer.Reused();
  }

  /// Leaves the transaction: the request has been made before.
  private static final class KnownRequest extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KnownRequest(DuplicateKeyException cause) {
      super(null, cause, false, false);
    }
  }
}
