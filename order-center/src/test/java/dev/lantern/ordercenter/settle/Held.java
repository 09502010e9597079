package dev.lantern.ordercenter.settle;

import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.StoreException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A row lock held by somebody else, who keeps talking to the server, until closed.
final class Held implements AutoCloseable {
  private final CountDownLatch taken = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private final Database other;
  private final Thread holder;
  private volatile boolean failed;

  private Held(Database other, String lock, Object... args) {
    this.other = other;
    this.holder =
        Thread.ofVirtual()
            .start(() -> {
              try {
                other.inTransaction(tx -> {
                  tx.query(lock, args);
                  taken.countDown();
                  while (!released()) {
                    tx.query("select 1");
                  }
                  return 0;
                });
              } catch (StoreException e) {
                failed = true;
              }
            });
  }

  static Held lockBalance(Ledger ledger, long actId) throws InterruptedException {
    Held held =
        new Held(
            ledger.connect(1, "holder"),
            "select booked_fen from balances where act_id = ? for update",
            actId);
    if (!held.taken.await(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the lock was not taken");
    }
    return held;
  }

  boolean isStillHeld() {
    return !failed && holder.isAlive();
  }

  private boolean released() {
    try {
      return release.await(200, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  @Override
  public void close() {
    release.countDown();
    try {
      holder.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    other.close();
  }
}
