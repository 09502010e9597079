package dev.lantern.simulation.world;

import static dev.lantern.simulation.world.Mutation.ofProcesses;
import static dev.lantern.simulation.world.Mutation.ofServers;

import dev.lantern.common.v1.Lane;
import dev.lantern.order.v1.Stage;
import dev.lantern.ordercenter.grant.Answer;
import dev.lantern.ordercenter.grant.Downstream;
import dev.lantern.ordercenter.grant.DueGrant;
import dev.lantern.ordercenter.grant.GrantId;
import dev.lantern.ordercenter.order.Ask;
import dev.lantern.ordercenter.order.Claim;
import dev.lantern.ordercenter.order.OrderNo;
import dev.lantern.ordercenter.order.Promises;
import dev.lantern.ordercenter.order.RoundId;
import dev.lantern.ordercenter.queue.Topics;
import dev.lantern.ordercenter.reissue.Payment;
import dev.lantern.ordercenter.reissue.PaymentStore;
import dev.lantern.ordercenter.sweep.StoredToken;
import dev.lantern.ordercenter.sweep.TokenStore;
import dev.lantern.sdk.wallet.TokenMaps;
import dev.lantern.simulation.ledger.CarelessMore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Rules of what is played beside accepting and booking, taken away: vendors (S8, L3), forcing (L5,
/// S3, S5), reissue (K2), stages (APART), daily caps, audits.
final class MutationsOfMore {
  private static final int MANY = 100;

  private MutationsOfMore() {}

  static List<Mutation> all() {
    return List.of(
        ofProcesses(
            "S8",
            "what may have been done is taken for refused",
            parts -> answering(parts, MutationsOfMore::refusing)),
        ofProcesses("S8", "each try has an id of its own", MutationsOfMore::idOfEachTry),
        ofProcesses(
            "S8",
            "a grant the vendor knows nothing of is taken for refused",
            parts ->
                answering(
                    parts,
                    answer ->
                        answer instanceof Answer.NotFound
                            ? new Answer.Refused("NOT_FOUND")
                            : answer)),
        ofServers(
            "S8",
            "a refusal takes effect whatever its order has become",
            parts ->
                parts.more.grants =
                    CarelessMore.compensatingAnyhow(parts.tables, parts.more.limits)),
        ofServers(
            "L3",
            "a refused thing's unit comes back as often as that is sent",
            parts ->
                parts.more.grants = CarelessMore.releasingAgain(parts.tables, parts.more.limits)),
        ofServers(
            "L3",
            "a refused thing's unit comes back in a transaction of its own, or not",
            parts ->
                parts.more.grants = CarelessMore.releasingApart(parts.tables, parts.more.limits)),
        ofServers(
            "L5",
            "forcing counts on fenced leases",
            parts -> parts.more.forceBooks = CarelessMore.forcingOnFenced(parts.tables)),
        ofServers(
            "S3",
            "forcing writes over what is there",
            parts -> parts.more.forceBooks = CarelessMore.forcingOver(parts.tables)),
        ofProcesses("S5", "forcing clears tokens before it books", MutationsOfMore::clearedEarly),
        ofProcesses(
            "K2", "a reissued order gets a number of its own", MutationsOfMore::alwaysNewNumbers),
        ofServers(
            "K2",
            "a reissue's row is done before it is booked",
            parts -> parts.more.payments = CarelessMore.markingFirst(parts.tables)),
        ofServers(
            "APART",
            "claims are found without their stage",
            parts -> parts.promises = stageless(parts.promises)),
        ofProcesses(
            "APART",
            "a scene's stage is told by the instance's clock",
            parts ->
                parts.more.rounds =
                    rounds -> (ask, now) -> rounds.resolve(openedAt(ask, now), now)),
        ofServers(
            "APART",
            "a wallet shows tokens of every stage",
            parts -> {
              TokenMaps maps = parts.maps;
              parts.maps = key -> CarelessMore.ofEveryStage(parts.redis, maps, key);
            }),
        ofServers(
            "CAP",
            "booking does not look at its user's day",
            parts -> {
              parts.books = CarelessMore.beyondTheDay(parts.tables, parts.more.limits);
              parts.more.forceBooks = CarelessMore.beyondTheDay(parts.tables, parts.more.limits);
              parts.more.grants = CarelessMore.insteadBeyondTheDay(parts.tables, parts.more.limits);
            }),
        ofProcesses(
            "CAP",
            "accepting does not look at its user's day",
            parts -> parts.more.allowance = _ -> (_, _, _, _) -> true),
        ofProcesses(
            "AUDIT",
            "a log's end is read before settlement's rows",
            MutationsOfMore::endsReadBefore));
  }

  private static Answer refusing(Answer answer) {
    return answer instanceof Answer.Unknown ? new Answer.Refused("UNKNOWN") : answer;
  }

  private static void answering(Parts parts, UnaryOperator<Answer> twist) {
    Downstream vendor = parts.more.vendor;
    parts.more.vendor =
        new Downstream() {
          @Override
          public Answer grant(DueGrant grant) {
            return twist.apply(vendor.grant(grant));
          }

          @Override
          public Answer ask(GrantId id) {
            return twist.apply(vendor.ask(id));
          }
        };
  }

  private static void idOfEachTry(Parts parts) {
    Downstream vendor = parts.more.vendor;
    parts.more.vendor =
        new Downstream() {
          @Override
          public Answer grant(DueGrant grant) {
            return vendor.grant(
                CarelessMore.withStep(grant, grant.id().step() + MANY * grant.tries()));
          }

          @Override
          public Answer ask(GrantId id) {
            return vendor.ask(id);
          }
        };
  }

  private static void clearedEarly(Parts parts) {
    TokenStore tokens = parts.more.forceTokens;
    parts.more.forceTokens =
        Swap.method(
            TokenStore.class,
            tokens,
            "ofUser",
            (_, real) -> {
              List<?> found = (List<?>) Objects.requireNonNull(real.get());
              Collection<StoredToken> all = found.stream().map(StoredToken.class::cast).toList();
              tokens.remove(all);
              return found;
            });
  }

  private static void endsReadBefore(Parts parts) {
    Object[] before = {Optional.empty()};
    parts.more.auditTopics =
        Swap.method(
            Topics.class,
            parts.more.auditTopics,
            "ends",
            (_, real) -> {
              Object told = before[0];
              before[0] = real.get();
              return told;
            });
  }

  private static void alwaysNewNumbers(Parts parts) {
    parts.more.payments =
        Swap.method(
            PaymentStore.class,
            parts.more.payments,
            "pending",
            (args, real) -> {
              String id = ((PaymentStore.Hold) args[0]).reissueId();
              List<?> rows = (List<?>) Objects.requireNonNull(real.get());
              return rows.stream().map(row -> renumbered(id, (Payment) row)).toList();
            });
  }

  private static Payment renumbered(String id, Payment row) {
    OrderNo old = row.orderNo();
    return new Payment(
        row.rowNo(),
        OrderNo.of(old.actId(), new RoundId("ri-" + id, row.rowNo()), old.requested(), old.stage()),
        true,
        row.childActivityId(),
        row.given(),
        row.rewardId(),
        row.title(),
        row.budgetId(),
        row.amountFen(),
        row.amountFen());
  }

  private static Promises stageless(Promises promises) {
    return new Promises() {
      @Override
      public Look look(Lane lane, OrderNo number) {
        return promises.look(lane, official(number));
      }

      @Override
      public Claim.Seen claim(Lane lane, OrderNo number, Claim claim, Instant expiresAt) {
        return promises.claim(lane, official(number), claim, expiresAt);
      }

      @Override
      public Optional<Claim.Seen> replace(Lane lane, OrderNo number, Claim.Seen seen, Claim by) {
        return promises.replace(lane, official(number), seen, by);
      }

      @Override
      public dev.lantern.acceptlog.v1.StoredToken keep(
          Lane lane, OrderNo number, dev.lantern.acceptlog.v1.StoredToken token) {
        return promises.keep(lane, number, token);
      }

      @Override
      public Optional<dev.lantern.acceptlog.v1.StoredToken> improve(
          Lane lane,
          OrderNo number,
          dev.lantern.acceptlog.v1.StoredToken seen,
          dev.lantern.acceptlog.v1.StoredToken by) {
        return promises.improve(lane, number, seen, by);
      }
    };
  }

  private static OrderNo official(OrderNo number) {
    return OrderNo.of(number.actId(), number.round(), number.requested(), Stage.STAGE_OFFICIAL);
  }

  private static Ask openedAt(Ask ask, Instant now) {
    return new Ask(
        ask.lane(),
        ask.user(),
        ask.appId(),
        ask.activityId(),
        ask.round(),
        ask.requested(),
        ask.amount(),
        Optional.of(now));
  }
}
