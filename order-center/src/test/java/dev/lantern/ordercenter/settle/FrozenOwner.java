package dev.lantern.ordercenter.settle;

import dev.lantern.stores.Secret;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.DatabaseConfig;
import dev.lantern.stores.sql.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;

/// A settle process that stops in the middle of a booking transaction: it has taken its first lock,
/// the offset's row, says so, and goes on when a byte arrives at its input.
///
/// Arguments: host, port, schema, password, topic id, partition, epoch.
final class FrozenOwner {
  private FrozenOwner() {}

  public static void main(String[] args) {
    Database database =
        Database.open(
            DatabaseConfig.at(
                args[0], Integer.parseInt(args[1]), args[2], "root", new Secret(args[3])),
            "frozen");
    try {
      database.inTransaction(tx -> {
        long rows =
            tx.update(
                "update queue_offsets set next_offset = next_offset + 10, seq = seq + 1 where"
                    + " lane = 1 and topic_id = ? and partition_no = ? and epoch = ?",
                args[4],
                Integer.parseInt(args[5]),
                Long.parseLong(args[6]));
        System.out.println("IN_TRANSACTION " + rows);
        awaitByte();
        return rows;
      });
      System.out.println("COMMITTED");
    } catch (StoreException rolledBack) {
      System.out.println("ROLLED_BACK");
    }
    System.exit(0);
  }

  private static void awaitByte() {
    try {
      var _ = System.in.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
