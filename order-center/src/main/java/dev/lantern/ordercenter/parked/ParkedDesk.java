package dev.lantern.ordercenter.parked;

import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Leases;
import dev.lantern.ordercenter.budget.Take;
import dev.lantern.ordercenter.budget.Unit;
import dev.lantern.ordercenter.operator.Answer;
import dev.lantern.ordercenter.operator.OperatorRequest;
import dev.lantern.ordercenter.settle.KnownOrder;
import dev.lantern.ordercenter.settle.Purse;
import dev.lantern.stores.sql.StoreUnavailableException;
import java.time.Instant;
import java.util.Optional;

/// Ends what is set aside, once and for all.
///
/// *Discard*: the token leaves Redis, then one transaction changes the row's state, releases its
/// unit and counts it as set aside no more. The unit of a thing that its downstream may have given
/// all the same stays spent: who discards that has asked the downstream. A crash in between leaves
/// the order parked, shown from its row; the same request again goes on. *Pay*, for a conflict: a
/// posting of its own, counted on the lease that has counted the conflict, or on one of this
/// process's own (L6).
///
/// Whoever changes the row first has decided: settlement, a resume, another operator.
public final class ParkedDesk {
  private static final int TRIES = 3;

  private final ParkedStore store;
  private final TokenWithdrawal tokens;
  private final Leases leases;
  private final Clock clock;

  public ParkedDesk(ParkedStore store, TokenWithdrawal tokens, Leases leases, Clock clock) {
    this.store = store;
    this.tokens = tokens;
    this.leases = leases;
    this.clock = clock;
  }

  /// What came of it.
  public sealed interface Resolved {
    /// It is ended, by this request, now or earlier.
    record Done(long fen, boolean replayed) implements Resolved {}

    /// The request's id was used for another one.
    record Reused() implements Resolved {}

    /// Nothing of this name is set aside (any more).
    record NotParked() implements Resolved {}

    /// Nothing here pays what it promises.
    record NotPayable() implements Resolved {}

    /// No unit is to be had.
    record NoUnit(Take why) implements Resolved {}
  }

  /// Ends an order, or a conflict of its number, without effect.
  ///
  /// @param conflictId empty: the order itself
  public Resolved discard(OperatorRequest request, long actId, String orderNo, String conflictId) {
    Optional<Answer> earlier = store.earlier(request);
    if (earlier.isPresent()) {
      return resolved(earlier.get());
    }
    Optional<Discardable> found =
        conflictId.isEmpty()
            ? store.order(actId, orderNo)
            : store.conflict(actId, orderNo, conflictId).map(ParkedDesk::discardable);
    if (found.isEmpty()) {
      return new Resolved.NotParked();
    }
    tokens.withdraw(actId, orderNo, found.get().order());
    return resolved(request, store.discard(request, found.get(), now()));
  }

  /// Books a conflict beside the order of its number.
  public Resolved pay(OperatorRequest request, long actId, String orderNo, String conflictId) {
    Optional<Answer> earlier = store.earlier(request);
    if (earlier.isPresent()) {
      return resolved(earlier.get());
    }
    Optional<OpenConflict> found = store.conflict(actId, orderNo, conflictId);
    if (found.isEmpty()) {
      return new Resolved.NotParked();
    }
    OpenConflict conflict = found.get();
    boolean payable =
        Purse.of(conflict.promise().outcome().given()).isPresent()
            && conflict.promise().units() > 0;
    if (!payable) {
      return new Resolved.NotPayable();
    }
    return conflict.needsUnit()
        ? payUnderOwnLease(request, conflict)
        : resolved(request, store.pay(request, conflict, 0, now()));
  }

  private Resolved payUnderOwnLease(OperatorRequest request, OpenConflict conflict) {
    var outcome = conflict.promise().outcome();
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Take take = leases.take(outcome.budgetId(), outcome.amount());
      if (!(take instanceof Take.Taken(Unit unit))) {
        return new Resolved.NoUnit(take);
      }
      ParkedStore.Ended ended = payOn(request, conflict, unit);
      if (!(ended instanceof ParkedStore.Ended.Fenced)) {
        return resolved(request, ended);
      }
    }
    return new Resolved.NoUnit(new Take.Busy());
  }

  // A unit whose use is unknown is never put back: it returns when its lease closes.
  private ParkedStore.Ended payOn(OperatorRequest request, OpenConflict conflict, Unit unit) {
    try {
      ParkedStore.Ended ended = store.pay(request, conflict, unit.leaseId().value(), now());
      boolean unused =
          ended instanceof ParkedStore.Ended.Changed
              || (ended instanceof ParkedStore.Ended.Done(Answer answer)
                  && !(answer instanceof Answer.Done(_, _, boolean replayed) && !replayed));
      if (unused) {
        leases.putBack(unit);
      }
      return ended;
    } catch (StoreUnavailableException nothingDone) {
      leases.putBack(unit);
      throw nothingDone;
    }
  }

  private Resolved resolved(OperatorRequest request, ParkedStore.Ended ended) {
    return switch (ended) {
      case ParkedStore.Ended.Done(Answer answer) -> resolved(answer);
      // Perhaps the very same request, sent twice at once.
      case ParkedStore.Ended.Changed(), ParkedStore.Ended.Fenced() ->
          store.earlier(request).map(ParkedDesk::resolved).orElseGet(Resolved.NotParked::new);
    };
  }

  private static Resolved resolved(Answer answer) {
    return switch (answer) {
      case Answer.Done(long fen, _, boolean replayed) -> new Resolved.Done(fen, replayed);
      case Answer.Reused() -> new Resolved.Reused();
    };
  }

  private static Discardable discardable(OpenConflict conflict) {
    return new Discardable(
        conflict.key().actId(),
        conflict.key().orderNo(),
        conflict.key().promise(),
        conflict.partition(),
        conflict.promise().outcome().budgetId(),
        conflict.countedLease() == 0 ? 0 : conflict.promise().units(),
        conflict.countedLease(),
        KnownOrder.of(conflict.promise()),
        dev.lantern.order.v1.OrderState.ORDER_STATE_PARKED_VALUE,
        conflict.seq());
  }

  private Instant now() {
    return clock.now().wall();
  }
}
