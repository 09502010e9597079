package dev.lantern.simulation.world;

import dev.lantern.common.v1.Lane;
import dev.lantern.common.v1.Reason;
import dev.lantern.order.v1.AwardType;
import dev.lantern.order.v1.Stage;
import dev.lantern.ordercenter.order.AcceptRequest;
import dev.lantern.ordercenter.order.ActId;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.order.Fingerprint;
import dev.lantern.ordercenter.order.Options;
import dev.lantern.ordercenter.order.OrderNo;
import dev.lantern.ordercenter.order.Outcome;
import dev.lantern.ordercenter.order.Refusal;
import dev.lantern.ordercenter.order.RoundId;
import dev.lantern.simulation.kernel.LifeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The campaign that is played: what a request of a user for a round resolves to.
final class Campaign {
  static final String PARENT = "parent";
  static final String CHILD = "child";
  static final String MAIN = "main";
  static final String SMALL = "small";
  private static final AwardType CASH = AwardType.AWARD_TYPE_CASH_RED_PACKET;
  static final long SMALL_FEN = 3;
  private static final Duration FIRST_ROUND = Duration.ofSeconds(2);
  private static final Duration LAST_ROUND = Duration.ofSeconds(6);
  private static final Duration ROUND_LASTS = Duration.ofSeconds(5);
  private static final int THRESHOLD_PERCENT = 20;

  private final Plan plan;
  private final Program program;
  private final ThingRounds things;

  Campaign(Plan plan, Program program) {
    this.plan = plan;
    this.program = program;
    this.things = new ThingRounds(plan, program);
  }

  ThingRounds things() {
    return things;
  }

  /// When a round opens, after the beginning: spread over the storm.
  Duration opens(int round) {
    Duration span = plan.storm().minus(LAST_ROUND);
    return FIRST_ROUND.plus(span.multipliedBy(round).dividedBy(plan.rounds()));
  }

  /// When it closes, after the beginning.
  Duration closes(int round) {
    Duration opened = opens(round).plus(ROUND_LASTS);
    return program.reissues() && opened.compareTo(plan.storm()) < 0 ? opened : plan.storm();
  }

  /// What an api makes of a request that reaches it at `now`.
  ///
  /// @param amount what the caller asks for; zero: the reward's own amount
  AcceptRequest request(long user, int round, long amount, Instant now) {
    ActId actId = new ActId(user);
    RoundId roundId = new RoundId("rain", round);
    boolean thing = things.isOne(round);
    AwardType award = thing ? ThingRounds.TICKET : CASH;
    Fen asked = Fen.of(thing ? 0 : amount);
    Instant opensAt = LifeClock.BEGIN.plus(opens(round));
    Instant closesAt = LifeClock.BEGIN.plus(closes(round));
    long given = amount == 0 ? plan.mainFen() : amount;
    return new AcceptRequest(
        Lane.LANE_LIVE,
        OrderNo.of(actId, roundId, award, Stage.STAGE_OFFICIAL),
        Fingerprint.of(actId, CHILD, roundId, award, asked),
        PARENT,
        CHILD,
        1,
        asked,
        now,
        opensAt,
        closesAt.plus(Duration.ofMinutes(10)),
        thing
            ? new Options(things.main(), things.instead(), THRESHOLD_PERCENT)
            : new Options(
                new Outcome(CASH, "main", Fen.of(given), false, "Main", MAIN),
                fallback(),
                THRESHOLD_PERCENT),
        plan.lastDirect() && round == plan.rounds() - 1,
        now.isBefore(closesAt)
            ? Optional.empty()
            : Optional.of(Refusal.of(Reason.REASON_ROUND_CLOSED, "the round is over")));
  }

  private Optional<Outcome> fallback() {
    return switch (plan.fallback()) {
      case NONE -> Optional.empty();
      case SMALL ->
          Optional.of(new Outcome(CASH, "small", Fen.of(SMALL_FEN), true, "Small", SMALL));
      case MESSAGE ->
          Optional.of(
              new Outcome(AwardType.AWARD_TYPE_MESSAGE, "", Fen.ZERO, true, "Happy new year", ""));
    };
  }
}
