package dev.lantern.ordercenter.order;

import com.google.protobuf.ByteString;
import dev.lantern.acceptlog.v1.AcceptedOrder;
import dev.lantern.acceptlog.v1.StoredToken;
import dev.lantern.common.v1.Reason;
import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.budget.LeaseId;
import dev.lantern.ordercenter.budget.LeasesByLog;
import dev.lantern.ordercenter.budget.Unit;
import dev.lantern.ordercenter.order.Accept.Course;
import dev.lantern.ordercenter.order.AcceptResult.Accepted;
import dev.lantern.ordercenter.order.AcceptResult.Refused;
import dev.lantern.ordercenter.order.LedgerLog.Entered;
import dev.lantern.ordercenter.order.OrderReader.Found;
import dev.lantern.ordercenter.queue.AcceptLog;
import dev.lantern.ordercenter.queue.AppendUnknownException;
import dev.lantern.ordercenter.queue.Backlog;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.queue.Partitions;
import dev.lantern.stores.redis.RedisUnavailableException;
import dev.lantern.stores.sql.StoreException;
import dev.lantern.token.v1.SignedToken;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The second half of accept, once the outcome stands: sign, write the record, and only then answer
/// (A3, A4).
public final class Issue {
  private static final Logger LOG = LoggerFactory.getLogger(Issue.class);
  private static final int TRIES = 3;

  private final Signer signer;
  private final Logs logs;
  private final Backlog backlog;
  private final LeasesByLog leases;
  private final Promises promises;
  private final Ledger ledger;
  private final Modes modes;
  private final Supplier<String> opIds;

  /// Where records go, by the kind of their lease's log.
  public record Logs(AcceptLog queue, LedgerLog inbox, LedgerLog direct) {}

  /// How an order that the ledger has already is found and told again.
  public record Ledger(OrderReader orders, Replay replay) {}

  /// The second half over its stores.
  ///
  /// @param opIds a name for each write of a token, never given twice
  public Issue(
      Signer signer,
      Logs logs,
      Backlog backlog,
      LeasesByLog leases,
      Promises promises,
      Ledger ledger,
      Modes modes,
      Supplier<String> opIds) {
    this.signer = signer;
    this.logs = logs;
    this.backlog = backlog;
    this.leases = leases;
    this.promises = promises;
    this.ledger = ledger;
    this.modes = modes;
    this.opIds = opIds;
  }

  Signer signer() {
    return signer;
  }

  AcceptLog queue() {
    return logs.queue();
  }

  LeasesByLog leases() {
    return leases;
  }

  Promises promises() {
    return promises;
  }

  Modes modes() {
    return modes;
  }

  /// Whether the partition of this request's user takes no more.
  boolean isFull(AcceptRequest request, Mode mode) {
    LogName log = mode.log();
    return backlog.isFull(log, Partitions.of(request.orderNo().actId().value(), log.partitions()));
  }

  /// Promises the claim's outcome on this unit (none for a MESSAGE).
  AcceptResult issue(AcceptRequest request, Course course, Claim claim, Optional<Unit> unit) {
    LogName target = course.mode().log();
    // A3: a lease's records go to the lease's log, or nowhere.
    if (unit.filter(u -> !u.log().equals(target)).isPresent()) {
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
      return switch (write(target, stored.getOrder())) {
        case Entered.Taken(OrderState state) -> answer(request, course, claim, unit, stored, state);
        case Entered.Before() -> before(request);
        case Entered.LeaseOver() -> Accept.unknown("the lease was closed meanwhile");
      };
    } catch (AppendUnknownException | RedisUnavailableException | StoreException e) {
      return Accept.unknown("it is not known whether the order was taken");
    } catch (RuntimeException e) {
      // A defect, but the caller must ask again all the same: the record may be in the log.
      LOG.error("order {} is in doubt", request.orderNo(), e);
      return Accept.unknown("it is not known whether the order was taken");
    }
  }

  private Entered write(LogName log, AcceptedOrder order) {
    return switch (log.kind()) {
      case KAFKA -> {
        var _ = logs.queue().append(log, order);
        yield new Entered.Taken(OrderState.ORDER_STATE_PROCESSING);
      }
      case INBOX -> logs.inbox().enter(order);
      case DIRECT -> logs.direct().enter(order);
    };
  }

  // A4: the deadline is looked at after the acknowledgement, the token is written after that, the
  // answer comes last. So is the silence that this call may have relied on: an instance that lost
  // Redis meanwhile starts to accept only when this one has ceased to answer.
  private AcceptResult answer(
      AcceptRequest request,
      Course course,
      Claim claim,
      Optional<Unit> unit,
      StoredToken stored,
      OrderState state) {
    if (unit.isPresent() && !leases.mayAnswer(unit.get())) {
      return Accept.unknown("the lease ran out before the order was acknowledged");
    }
    if (!course.read() && !modes.trustsSilence(request.roundOpens())) {
      return Accept.unknown("the order may have been accepted elsewhere meanwhile");
    }
    boolean toBeBooked = course.mode().log().kind() != LogName.Kind.DIRECT;
    return course.mode().claims() && toBeBooked
        ? keep(request, claim, stored)
        : accepted(request, stored, state, false);
  }

  // The number was first by another call: its answer is the answer.
  private AcceptResult before(AcceptRequest request) {
    Found found = ledger.orders().find(request.orderNo());
    return found instanceof Found.Nothing
        ? Accept.unknown("the order was there a moment ago")
        : ledger.replay().of(request, found);
  }

  private StoredToken sign(AcceptRequest request, Claim claim, Optional<Unit> unit) {
    try {
      return stored(
          request, claim, unit, signer.sign(request.lane(), payload(request, claim, unit)));
    } catch (RuntimeException e) {
      // Nothing was sent: the unit is still ours.
      unit.ifPresent(leases::putBack);
      throw e;
    }
  }

  ByteString payload(AcceptRequest request, Claim claim, Optional<Unit> unit) {
    return Records.payload(
        request.orderNo(),
        claim.appId(),
        request.childActivityId(),
        claim.outcome(),
        claim.requestedAmount(),
        claim.openTime(),
        leaseOf(unit));
  }

  StoredToken stored(AcceptRequest request, Claim claim, Optional<Unit> unit, SignedToken token) {
    AcceptedOrder order = Records.order(request, claim, leaseOf(unit), token.getKeyId());
    return StoredToken.newBuilder().setToken(token).setOrder(order).setOpId(opIds.get()).build();
  }

  private static long leaseOf(Optional<Unit> unit) {
    return unit.map(it -> it.leaseId().value()).orElse(LeaseId.NONE);
  }

  private AcceptResult keep(AcceptRequest request, Claim claim, StoredToken mine) {
    return kept(request, claim, mine, promises.keep(request.lane(), request.orderNo(), mine));
  }

  /// What is to be said once a token was to be kept, and `first` stood.
  AcceptResult kept(AcceptRequest request, Claim claim, StoredToken mine, StoredToken first) {
    StoredToken stands = first;
    for (int i = 0; i < TRIES; i++) {
      if (stands.equals(mine)) {
        return accepted(request, mine, OrderState.ORDER_STATE_PROCESSING, false);
      }
      Fingerprint fingerprint = new Fingerprint(stands.getOrder().getFingerprint());
      if (!fingerprint.equals(request.fingerprint())) {
        return new Refused(
            Conflicts.with(request, Fen.of(stands.getOrder().getRequestedAmountFen())));
      }
      Outcome other = Outcome.of(stands.getOrder().getOutcome());
      if (!claim.outcome().worthMoreThan(other)) {
        return accepted(request, stands, OrderState.ORDER_STATE_PROCESSING, true);
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
      AcceptRequest request, StoredToken stands, OrderState state, boolean replayed) {
    return new Accepted(
        request.orderNo(),
        state,
        stands.getToken(),
        Outcome.of(stands.getOrder().getOutcome()),
        replayed);
  }
}
