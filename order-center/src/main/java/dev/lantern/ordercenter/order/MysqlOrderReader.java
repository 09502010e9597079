package dev.lantern.ordercenter.order;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.stores.sql.Database;
import dev.lantern.stores.sql.Row;
import java.util.Optional;

/// [OrderReader] in MySQL: one statement reads both tables, so that an order on its way from the
/// inbox to its row cannot slip between two reads.
public final class MysqlOrderReader implements OrderReader {
  private static final String FIND =
      "select (select i.record from inbox i where i.act_id = ? and i.order_no = ? limit 1)"
          + " as waiting, o.* from (select 1 as one) d"
          + " left join orders o on o.act_id = ? and o.order_no = ?";

  private final Database database;

  public MysqlOrderReader(Database database) {
    this.database = database;
  }

  @Override
  public Found find(OrderNo orderNo) {
    long actId = orderNo.actId().value();
    Row row = database.query(FIND, actId, orderNo.text(), actId, orderNo.text()).getFirst();
    if (row.findString("order_no").isPresent()) {
      return new Found.Row(OrderRow.read(row));
    }
    Optional<byte[]> waiting = row.findBytes("waiting");
    return waiting.isPresent() ? new Found.Waiting(order(waiting.get())) : new Found.Nothing();
  }

  private static AcceptedOrder order(byte[] record) {
    try {
      return AcceptedOrder.parseFrom(record);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an inbox record that is none", e);
    }
  }
}
