package dev.lantern.stores.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One open transaction, usable only inside the body it was given to and only by that thread.
///
/// After any [StoreException] except [DuplicateKeyException] the transaction is dead: let the
/// exception pass.
public final class Transaction implements Statements {

  private final Session session;
  private boolean open = true;

  Transaction(Session session) {
    this.session = session;
  }

  @Override
  public long update(String sql, @Nullable Object... args) {
    return session().update(sql, args);
  }

  @Override
  public List<Row> query(String sql, @Nullable Object... args) {
    return session().query(sql, args);
  }

  void end() {
    open = false;
  }

  private Session session() {
    if (!open) {
      throw new IllegalStateException("the transaction is over");
    }
    return session;
  }
}
