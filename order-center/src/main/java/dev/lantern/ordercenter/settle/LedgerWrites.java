package dev.lantern.ordercenter.settle;

import dev.lantern.ordercenter.settle.BookingStore.Result;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.DuplicateKeyException;
import dev.lantern.stores.sql.OutcomeUnknownException;
import dev.lantern.stores.sql.StatementException;
import dev.lantern.stores.sql.Transaction;
import java.util.function.Consumer;

/// How whatever changes the books writes them: in one transaction whose end is a [Result], with
/// effects in the one order in which locks are taken.
public final class LedgerWrites {
  private LedgerWrites() {}

  /// Runs the body in a transaction; may run it more than once.
  ///
  /// @throws dev.lantern.stores.sql.StoreUnavailableException when nothing was committed
  public static Result transact(Database database, Consumer<Transaction> body) {
    try {
      return database.inTransaction(tx -> {
        body.accept(tx);
        return new Result.Done();
      });
    } catch (RolledBack rolledBack) {
      return rolledBack.result;
    } catch (DuplicateKeyException _) {
      return new Result.AlreadyThere();
    } catch (StatementException refused) {
      return new Result.Refused("MYSQL_" + refused.errorCode());
    } catch (OutcomeUnknownException _) {
      return new Result.Unknown();
    }
  }

  /// Within a transaction: one row, or all is rolled back and ends as told.
  public static void requireOne(long rows, Result otherwise) {
    if (rows != 1) {
      throw new RolledBack(otherwise);
    }
  }

  /// Within a transaction: writes the effects; a fenced lease rolls all back.
  public static void write(Transaction tx, Effects effects) {
    EffectsWriter.write(tx, effects);
  }

  /// Leaves a transaction's body, so that it is rolled back, with what to answer.
  static final class RolledBack extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Result result;

    RolledBack(Result result) {
      super(null, null, false, false);
      this.result = result;
    }
  }
}
