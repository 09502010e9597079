package dev.lantern.simulation.ledger;

import dev.lantern.order.v1.OrderState;
import dev.lantern.sdk.wallet.Ledger;
import dev.lantern.sdk.wallet.Promise;
import dev.lantern.sdk.wallet.Purse;
import dev.lantern.sdk.wallet.WalletKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The wallet reader's [Ledger] over [Tables]: sums only, all as of one instant.
public final class SimWalletLedger implements Ledger {
  private final Tables tables;

  public SimWalletLedger(Tables tables) {
    this.tables = tables;
  }

  @Override
  public Books read(Question question) {
    long actId = question.key().actId();
    List<Booked> booked = new ArrayList<>();
    tables.balances.forEach((account, fen) -> {
      if (account.actId() == actId
          && account.childActivityId().equals(question.key().childActivityId())) {
        booked.add(new Booked(Purse.ofNumber(account.purse().number()), fen, 0, fen));
      }
    });
    List<Promise> inbox = inbox(question.key());
    Set<String> handled = new TreeSet<>(question.orderNos());
    inbox.forEach(promise -> handled.add(promise.orderNo()));
    handled.retainAll(tables.orders.keySet());
    boolean settled =
        question
            .epochId()
            .map(tables.epochs::get)
            .filter(epoch -> epoch.isSettledSince(tables.claimGap))
            .isPresent();
    return new Books(
        settled, handled, new Inbox(inbox, true), booked, waiting(question.key()), List.of());
  }

  private List<Promise> inbox(WalletKey key) {
    List<Promise> promises = new ArrayList<>();
    for (Tables.InboxEntry row : tables.inbox.values()) {
      var award = row.order().getOutcome().getAward();
      boolean theirs =
          row.order().getActId() == key.actId()
              && row.order().getChildActivityId().equals(key.childActivityId());
      if (theirs && award.getAmountFen() > 0) {
        promises.add(
            new Promise(
                row.order().getOrderNo(),
                Purse.CASH,
                award.getAmountFen(),
                Instant.ofEpochSecond(row.order().getAcceptTime().getSeconds()),
                award.getTitle()));
      }
    }
    return promises;
  }

  private List<Waiting> waiting(WalletKey key) {
    List<Waiting> waiting = new ArrayList<>();
    for (OrderEntry order : tables.orders.values()) {
      boolean waits =
          order.state == OrderState.ORDER_STATE_PARKED
              || order.state == OrderState.ORDER_STATE_RETRYING;
      boolean theirs =
          order.actId() == key.actId() && order.activityId().equals(key.childActivityId());
      if (theirs && waits && order.amountFen() > 0) {
        waiting.add(new Waiting(Purse.CASH, order.amountFen(), 1));
      }
    }
    tables.conflicts.values().stream()
        .filter(conflict -> conflict.promise().actId() == key.actId())
        .filter(conflict -> conflict.promise().childActivityId().equals(key.childActivityId()))
        .filter(conflict -> conflict.promise().outcome().amount().value() > 0)
        .forEach(conflict -> waiting.add(new Waiting(Purse.CASH, conflict.promise().units(), 1)));
    return waiting;
  }
}
