package dev.lantern.ordercenter.present;

import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.present.TokenOrders.Reading;
import dev.lantern.ordercenter.settle.BookingStore;
import dev.lantern.ordercenter.settle.Books;
import dev.lantern.ordercenter.settle.KnownOrder;
import dev.lantern.ordercenter.settle.LogRecord;
import dev.lantern.ordercenter.settle.Promise;
import dev.lantern.ordercenter.sweep.Forcing;
import dev.lantern.ordercenter.sweep.StoredToken;
import dev.lantern.ordercenter.sweep.TokenStore;
import dev.lantern.sdk.token.TokenProblem;
import dev.lantern.sdk.token.TokenVerdict;
import dev.lantern.stores.redis.RedisUnavailableException;
import dev.lantern.token.v1.RedPacketToken;
import dev.lantern.token.v1.SignedToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Enters a user's own copies of tokens: verified first (T1), and then booked as force does, unless
/// the books or the server's own map have them. What would be booked is confirmed before, all of a
/// call at once: a good signature over what was never logged is worth nothing.
///
/// Exactly once: the order number settles every race, with the worker, with another presentation of
/// the same copy, with a call whose reply was lost. Within the budget: a copy is counted on the
/// lease that its unit was taken from while that is not fenced, which a FROZEN one is not (L7);
/// after that on a unit of our own (L6), and if none is to be had it is parked or stays.
///
/// What the server has its own copy of is left to settlement: a client that hands in all it has, at
/// every start, costs a read of each store and no booking. Bounds: [#MOST] tokens a call, and
/// `patience` for verifying and booking together.
public final class Presentation {
  public static final int MOST = 50;

  private static final String TIME = "TIME";

  /// Whether it holds cannot be told now.
  private static final String UNCONFIRMED = "UNCONFIRMED";

  private final TokenCheck check;
  private final TokenOrders orders;
  private final TokenStore kept;
  private final BookingStore store;
  private final Forcing forcing;
  private final Clock clock;
  private final Duration patience;

  public Presentation(
      TokenCheck check,
      TokenOrders orders,
      TokenStore kept,
      BookingStore store,
      Forcing forcing,
      Clock clock,
      Duration patience) {
    this.check = check;
    this.orders = orders;
    this.kept = kept;
    this.store = store;
    this.forcing = forcing;
    this.clock = clock;
    this.patience = patience;
  }

  /// Enters them, and tells of each what has become of it.
  ///
  /// @param actId whose they must be
  /// @param tokens at most [#MOST]
  public List<Presented> enter(long actId, List<SignedToken> tokens) {
    if (tokens.size() > MOST) {
      throw new IllegalArgumentException("at most " + MOST + " tokens a call");
    }
    Moment begun = clock.now();
    List<Read> read = tokens.stream().map(token -> read(actId, token, begun)).toList();
    List<Promise> promises = read.stream().flatMap(one -> one.promise().stream()).toList();
    Map<String, KnownOrder> own = promises.isEmpty() ? Map.of() : kept(actId);
    Books books =
        promises.isEmpty()
            ? Books.UNREAD
            : store.lookUp(promises.stream().map(Presentation::record).toList());
    Confirmed confirmed = confirmed(read, books, own);
    List<Presented> answers = new ArrayList<>(read.size());
    for (Read one : read) {
      answers.add(
          switch (one) {
            case Read.Bad(Presented answer) -> answer;
            case Read.Good(SignedToken signed, Promise promise) ->
                settled(promise, books, own)
                    .or(() -> confirmed.objection(signed, promise))
                    .orElseGet(() -> enter(promise, begun));
          });
    }
    return answers;
  }

  /// What needs no booking.
  private static Optional<Presented> settled(
      Promise promise, Books books, Map<String, KnownOrder> own) {
    KnownOrder booked = books.orders().get(promise.orderNo().text());
    if (booked != null
        && (booked.covers(promise) || books.conflicts().contains(promise.conflictKey()))) {
      return Optional.of(new Presented.Known(promise));
    }
    KnownOrder ours = own.get(promise.orderNo().text());
    return ours != null && ours.covers(promise)
        ? Optional.of(new Presented.Kept(promise))
        : Optional.empty();
  }

  private Confirmed confirmed(List<Read> read, Books books, Map<String, KnownOrder> own) {
    List<SignedToken> asked = new ArrayList<>();
    for (Read one : read) {
      switch (one) {
        case Read.Good(SignedToken signed, Promise promise) -> {
          if (settled(promise, books, own).isEmpty()) {
            asked.add(signed);
          }
        }
        case Read.Bad _ -> {}
      }
    }
    Map<SignedToken, TokenVerdict> verdicts = new HashMap<>();
    if (!asked.isEmpty()) {
      check
          .confirm(asked)
          .ifPresent(told -> {
            for (int i = 0; i < asked.size(); i++) {
              verdicts.put(asked.get(i), told.get(i));
            }
          });
    }
    return new Confirmed(verdicts);
  }

  /// What was said of the tokens that would be booked; of none while nobody answers.
  private record Confirmed(Map<SignedToken, TokenVerdict> verdicts) {
    /// Why it is not booked, if it is not.
    Optional<Presented> objection(SignedToken signed, Promise promise) {
      return switch (verdicts.get(signed)) {
        case null -> Optional.of(new Presented.Outstanding(promise, UNCONFIRMED));
        case TokenVerdict.Valid _ -> Optional.empty();
        case TokenVerdict.Refused(TokenProblem problem) ->
            Optional.of(new Presented.Refused(problem.name()));
      };
    }
  }

  private Presented enter(Promise promise, Moment begun) {
    if (isLate(begun)) {
      return new Presented.Outstanding(promise, TIME);
    }
    return switch (forcing.force(promise, false)) {
      case FORCED -> new Presented.Booked(promise);
      case KNOWN -> new Presented.Known(promise);
      case PARKED -> new Presented.Parked(promise);
      case LATER -> new Presented.Outstanding(promise, "BUSY");
    };
  }

  private boolean isLate(Moment begun) {
    return clock.now().since(begun).compareTo(patience) >= 0;
  }

  private sealed interface Read {
    default Optional<Promise> promise() {
      return this instanceof Good(SignedToken _, Promise good)
          ? Optional.of(good)
          : Optional.empty();
    }

    record Good(SignedToken signed, Promise good) implements Read {}

    record Bad(Presented answer) implements Read {}
  }

  private Read read(long actId, SignedToken signed, Moment begun) {
    if (isLate(begun)) {
      return new Read.Bad(new Presented.NotRead("", TIME));
    }
    return check
        .judge(signed)
        .map(verdict -> read(actId, signed, verdict))
        .orElseGet(() -> new Read.Bad(new Presented.NotRead("", UNCONFIRMED)));
  }

  private Read read(long actId, SignedToken signed, TokenVerdict verdict) {
    return switch (verdict) {
      case TokenVerdict.Refused(var problem) -> refused(problem.name());
      case TokenVerdict.Valid(RedPacketToken token) when token.getActId() != actId ->
          refused(Objection.WRONG_USER.name());
      case TokenVerdict.Valid(RedPacketToken token) ->
          switch (orders.read(token, signed.getKeyId())) {
            case Reading.Order(Promise promise) -> new Read.Good(signed, promise);
            case Reading.Refused(Objection why) -> refused(why.name());
            case Reading.NotRead() ->
                new Read.Bad(new Presented.NotRead(token.getOutTradeNo(), "NOT_READ"));
          };
    };
  }

  private static Read refused(String problem) {
    return new Read.Bad(new Presented.Refused(problem));
  }

  /// What the server holds of the user's by itself; nothing while Redis is away, and then a copy is
  /// booked that need not have been.
  private Map<String, KnownOrder> kept(long actId) {
    Map<String, KnownOrder> own = new HashMap<>();
    try {
      for (StoredToken token : kept.ofUser(actId)) {
        own.put(token.promise().orderNo().text(), KnownOrder.of(token.promise()));
      }
    } catch (RedisUnavailableException away) {
      return Map.of();
    }
    return own;
  }

  private static LogRecord.Promised record(Promise promise) {
    return new LogRecord.Promised(-1, promise, "");
  }
}
