package dev.lantern.ordercenter.order;

import com.google.protobuf.ByteString;
import dev.lantern.acceptlog.v1.StoredToken;
import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.order.Promises.Keeping;
import dev.lantern.ordercenter.queue.AcceptLog;
import dev.lantern.ordercenter.queue.AcceptLog.Appended;
import dev.lantern.ordercenter.queue.AppendUnknownException;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.stores.redis.RedisUnavailableException;
import dev.lantern.token.v1.SignedToken;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// [Issue] for orders whose claims are their own and whose records go to one topic: sign, append,
/// and only then answer (A3, A4), each step for all of them.
final class IssueBatch {
  private static final Logger LOG = LoggerFactory.getLogger(IssueBatch.class);

  private final Issue issue;

  IssueBatch(Issue issue) {
    this.issue = issue;
  }

  /// Ends every one of them. Throws what signing threw; nothing was sent then.
  void issue(Lane lane, LogName log, List<Passing> orders) {
    if (orders.isEmpty()) {
      return;
    }
    sign(lane, orders);
    for (Passing one : orders) {
      if (!mayAnswer(one)) {
        // L2: nothing is sent that could not be answered.
        one.giveUp(issue.leases(), Accept.unknown("the lease ran out before the order was sent"));
      }
    }
    List<Passing> going = Passing.going(orders);
    try {
      append(log, going);
      Passing.going(going).forEach(this::checkDeadline);
      keep(lane, Passing.going(going));
    } catch (AppendUnknownException | RedisUnavailableException e) {
      going.forEach(one -> one.fail(issue.leases(), e));
    } catch (RuntimeException e) {
      // A defect, but the callers must ask again all the same: the records may be in the log.
      LOG.error("{} orders are in doubt", going.size(), e);
      going.forEach(one -> one.fail(issue.leases(), e));
    }
  }

  private void sign(Lane lane, List<Passing> orders) {
    List<ByteString> payloads =
        orders.stream().map(it -> issue.payload(it.request(), it.claim(), it.unit())).toList();
    List<SignedToken> tokens = issue.signer().signAll(lane, payloads);
    for (int i = 0; i < orders.size(); i++) {
      Passing one = orders.get(i);
      one.signed(issue.stored(one.request(), one.claim(), one.unit(), tokens.get(i)));
    }
  }

  private void append(LogName log, List<Passing> orders) {
    orders.forEach(Passing::sent);
    List<Optional<Appended>> ends =
        issue
            .queue()
            .appendAll(
                log,
                orders.stream()
                    .map(it -> new AcceptLog.Entry(it.stored().getOrder(), it.traceparent()))
                    .toList());
    for (int i = 0; i < orders.size(); i++) {
      if (ends.get(i).isEmpty()) {
        orders.get(i).tell(Accept.unknown("it is not known whether the order was taken"));
      }
    }
  }

  // A4: the deadline is looked at after the acknowledgement, the token is written after that.
  private void checkDeadline(Passing one) {
    if (!mayAnswer(one)) {
      one.tell(Accept.unknown("the lease ran out before the order was acknowledged"));
    } else if (!issue.modes().trustsSilence(one.request().roundOpens())) {
      one.tell(Accept.unknown("the order may have been accepted elsewhere meanwhile"));
    }
  }

  private void keep(Lane lane, List<Passing> orders) {
    List<StoredToken> stand =
        issue
            .promises()
            .keepAll(
                lane, orders.stream().map(it -> new Keeping(it.number(), it.stored())).toList());
    for (int i = 0; i < orders.size(); i++) {
      keep(orders.get(i), stand.get(i));
    }
  }

  // Where another token stands more may have to be asked for this order, and only this one.
  private void keep(Passing one, StoredToken stands) {
    try {
      one.tell(issue.kept(one.request(), one.claim(), one.stored(), stands));
    } catch (RuntimeException e) {
      LOG.warn("order {} is in doubt", one.number(), e);
      one.fail(issue.leases(), e);
    }
  }

  private boolean mayAnswer(Passing one) {
    return one.unit().isEmpty() || issue.leases().mayAnswer(one.unit().get());
  }
}
