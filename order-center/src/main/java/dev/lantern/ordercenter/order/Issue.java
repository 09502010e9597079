package dev.lantern.ordercenter.order;

import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.acceptlog.v1.StoredToken;
import dev.lantern.common.v1.Lane;
import dev.lantern.common.v1.Reason;
import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.budget.LeaseId;
import dev.lantern.ordercenter.budget.Leases;
import dev.lantern.ordercenter.budget.Unit;
import dev.lantern.ordercenter.order.AcceptResult.Accepted;
import dev.lantern.ordercenter.order.AcceptResult.Refused;
import dev.lantern.ordercenter.queue.AcceptLog;
import dev.lantern.ordercenter.queue.AppendUnknownException;
import dev.lantern.ordercenter.queue.Backlog;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.queue.Partitions;
import dev.lantern.stores.redis.RedisUnavailableException;
import dev.lantern.token.v1.SignedToken;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The second half of accept, once the claim stands: sign, append, and only then answer (A3, A4).
public final class Issue {
  private static final Logger LOG = LoggerFactory.getLogger(Issue.class);
  private static final int TRIES = 3;

  private final Signer signer;
  private final AcceptLog log;
  private final Function<Lane, Optional<LogName>> currentLog;
  private final Backlog backlog;
  private final Leases leases;
  private final Promises promises;
  private final Supplier<String> opIds;

  /// The second half over its stores.
  ///
  /// @param opIds a name for each write of a token, never given twice
  public Issue(
      Signer signer,
      AcceptLog log,
      Function<Lane, Optional<LogName>> currentLog,
      Backlog backlog,
      Leases leases,
      Promises promises,
      Supplier<String> opIds) {
    this.signer = signer;
    this.log = log;
    this.currentLog = currentLog;
    this.backlog = backlog;
    this.leases = leases;
    this.promises = promises;
    this.opIds = opIds;
  }

  /// Whether the partition of this request's user takes no more.
  boolean isFull(AcceptRequest request) {
    Optional<LogName> current = currentLog.apply(request.lane());
    return current.isPresent()
        && backlog.isFull(
            current.get(),
            Partitions.of(request.orderNo().actId().value(), current.get().partitions()));
  }

  /// Promises the claim's outcome on this unit (none for a MESSAGE).
  AcceptResult issue(AcceptRequest request, Claim claim, Optional<Unit> unit) {
    Optional<LogName> target = currentLog.apply(request.lane());
    // A3: a lease's records go to the lease's log, or nowhere.
    if (target.isEmpty() || unit.filter(u -> !u.log().equals(target.get())).isPresent()) {
      unit.ifPresent(leases::putBack);
      return new Refused(
          Refusal.of(Reason.REASON_DEPENDENCY_DOWN, "the accept log has changed or is gone"));
    }
    StoredToken stored = sign(request, claim, unit);
    if (unit.isPresent() && !leases.mayAnswer(unit.get())) {
      // L2: nothing is sent that could not be answered; an earlier call may have sent, though.
      leases.putBack(unit.get());
      return Accept.unknown("the lease ran out before the order was sent");
    }
    try {
      log.append(target.get(), stored.getOrder());
      // A4: the deadline is looked at after the acknowledgement, the token is written after that,
      // the answer comes last.
      if (unit.isPresent() && !leases.mayAnswer(unit.get())) {
        return Accept.unknown("the lease ran out before the order was acknowledged");
      }
      return keep(request, claim, stored);
    } catch (AppendUnknownException | RedisUnavailableException e) {
      return Accept.unknown("it is not known whether the order was taken");
    } catch (RuntimeException e) {
      // A defect, but the caller must ask again all the same: the record may be in the log.
      LOG.error("order {} is in doubt", request.orderNo(), e);
      return Accept.unknown("it is not known whether the order was taken");
    }
  }

  private StoredToken sign(AcceptRequest request, Claim claim, Optional<Unit> unit) {
    long leaseId = unit.map(u -> u.leaseId().value()).orElse(LeaseId.NONE);
    try {
      SignedToken token =
          signer.sign(
              request.lane(),
              Records.payload(
                  request.orderNo(),
                  claim.appId(),
                  request.childActivityId(),
                  claim.outcome().amount(),
                  claim.openTime(),
                  leaseId));
      AcceptedOrder order = Records.order(request, claim, leaseId, token.getKeyId());
      return StoredToken.newBuilder().setToken(token).setOrder(order).setOpId(opIds.get()).build();
    } catch (RuntimeException e) {
      // Nothing was sent: the unit is still ours.
      unit.ifPresent(leases::putBack);
      throw e;
    }
  }

  private AcceptResult keep(AcceptRequest request, Claim claim, StoredToken mine) {
    StoredToken stands = promises.keep(request.lane(), request.orderNo(), mine);
    for (int i = 0; i < TRIES; i++) {
      if (stands.equals(mine)) {
        return accepted(request, mine, false);
      }
      Fingerprint fingerprint = new Fingerprint(stands.getOrder().getFingerprint());
      if (!fingerprint.equals(request.fingerprint())) {
        return new Refused(
            Conflicts.with(request, Fen.of(stands.getOrder().getRequestedAmountFen())));
      }
      Outcome other = Outcome.of(stands.getOrder().getOutcome());
      if (!claim.outcome().worthMoreThan(other)) {
        return accepted(request, stands, true);
      }
      Optional<StoredToken> now = promises.improve(request.lane(), request.orderNo(), stands, mine);
      if (now.isEmpty()) {
        return Accept.unknown("the order has been booked meanwhile");
      }
      stands = now.get();
    }
    return Accept.unknown("the token keeps changing");
  }

  private static AcceptResult accepted(
      AcceptRequest request, StoredToken stands, boolean replayed) {
    return new Accepted(
        request.orderNo(),
        OrderState.ORDER_STATE_PROCESSING,
        stands.getToken(),
        Outcome.of(stands.getOrder().getOutcome()),
        replayed);
  }
}
