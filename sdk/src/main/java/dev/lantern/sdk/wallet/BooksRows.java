package dev.lantern.sdk.wallet;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.order.v1.AwardType;
import dev.lantern.order.v1.OrderState;
import dev.lantern.stores.sql.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The rows of a [BooksStatement], read back.
final class BooksRows {
  private static final Logger LOG = LoggerFactory.getLogger(BooksRows.class);

  private final WalletKey key;
  private final Set<String> handled = new HashSet<>();
  private final List<Promise> inbox = new ArrayList<>();
  private final List<Ledger.Booked> booked = new ArrayList<>();
  private final List<Ledger.Waiting> waiting = new ArrayList<>();
  private final List<Flow> flows = new ArrayList<>();
  private boolean settled;
  private boolean inboxWhole = true;
  private int inboxRows;

  BooksRows(WalletKey key) {
    this.key = key;
  }

  Ledger.Books read(List<Row> rows) {
    rows.forEach(this::take);
    flows.sort(Comparator.comparing(Flow::position));
    boolean whole = inboxWhole && inboxRows <= BooksStatement.INBOX_MAX;
    return new Ledger.Books(
        settled, handled, new Ledger.Inbox(inbox, whole), booked, waiting, flows);
  }

  private void take(Row row) {
    switch (row.getInt("part")) {
      case BooksStatement.SETTLED -> settled = true;
      case BooksStatement.HANDLED -> handled.add(row.getString("s1"));
      case BooksStatement.INBOX -> takeInbox(row);
      case BooksStatement.BOOKED -> booked.add(balance(row));
      case BooksStatement.WAITING -> waiting.add(sum(row));
      case BooksStatement.FLOW -> flows.add(flow(row));
      default -> throw new IllegalStateException("no part of a question");
    }
  }

  private void takeInbox(Row row) {
    inboxRows++;
    try {
      Accepted.promise(AcceptedOrder.parseFrom(row.getBytes("b1")), key).ifPresent(inbox::add);
    } catch (InvalidProtocolBufferException unreadable) {
      LOG.error("act_id {} has an unreadable inbox row", key.actId(), unreadable);
      inboxWhole = false;
    }
  }

  private static Ledger.Booked balance(Row row) {
    return new Ledger.Booked(
        Purse.ofNumber(Integer.parseInt(row.getString("s1"))),
        row.getLong("n1"),
        row.getLong("n2"),
        row.getLong("n3"));
  }

  private static Ledger.Waiting sum(Row row) {
    int type = row.getInt("n3");
    Purse purse =
        Optional.ofNullable(AwardType.forNumber(type))
            .flatMap(Purse::of)
            .orElseThrow(() -> new IllegalStateException("award type " + type + " is not money"));
    return new Ledger.Waiting(purse, row.getLong("n1"), row.getInt("n2"));
  }

  private static Flow flow(Row row) {
    FlowPosition position =
        new FlowPosition(
            row.getInstant("t1"),
            row.getString("s1"),
            row.findBytes("b1").map(HexFormat.of()::formatHex).orElse(""));
    return new Flow(position, row.getLong("n1"), state(row.getInt("n2")), row.getString("s2"));
  }

  private static Flow.State state(int number) {
    OrderState state = Optional.ofNullable(OrderState.forNumber(number)).orElseThrow();
    return switch (state) {
      case ORDER_STATE_PROCESSING, ORDER_STATE_RETRYING, ORDER_STATE_PARKED, ORDER_STATE_GRANTING ->
          Flow.State.PROCESSING;
      case ORDER_STATE_SUCCESS -> Flow.State.DONE;
      case ORDER_STATE_DISCARDED -> Flow.State.FAILED;
      case ORDER_STATE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalStateException("no order is in state " + number);
    };
  }
}
