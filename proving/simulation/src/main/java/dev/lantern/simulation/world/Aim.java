package dev.lantern.simulation.world;

import dev.lantern.simulation.fault.Fault;
import dev.lantern.simulation.fault.Weather;
import dev.lantern.simulation.kernel.Dice;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/// What a directed seed is aimed at: an interleaving that mixed weather hardly ever brings about,
/// because several unlikely things must come together. Every fourth seed is directed, one aim after
/// the other.
public enum Aim {
  /// Mixed weather.
  NOTHING(""),
  /// A caller dies with its claim, another follows it and stands still before its record is in the
  /// log, and a third finds all leases of the claim closed (A2).
  FOLLOWED_CLAIM("A2"),
  /// A process stands still, with an order under way, until its leases are closed and fenced; half
  /// the time its monotonic clock stood still, too (L2, A4).
  SLEEPING_HOLDER("L2 A4"),
  /// An operator closes leases under holders that go on, and that stand still for a moment (L2).
  CLOSED_UNDER_HOLDER("L2 L4"),
  /// The accept log vanishes, Redis is away for a while, an operator ends the window (L7).
  LOST_TOPIC("L7"),
  /// The accept log vanishes, and a token is written when its leases are closed and fenced (L5,
  /// L7).
  LATE_TOKEN("L5 L7"),
  /// Another topic stands under the accept log's name (S2).
  REMADE_TOPIC("S2 L7"),
  /// Budgets are cut, topped up and frozen, and the replies are lost (L8).
  CHANGED_BUDGET("L8"),
  /// Redis A comes back from a server that lacks many seconds (W2, A1, A5).
  OLD_REDIS("W2 A1 A5"),
  /// The ledger refuses several orders; operators resume and discard them under every fault (S4).
  POISONED("S4 L3 S5"),
  /// Money for all, and all ask at once: orders pass in batches, and every step of theirs fails.
  CROWD("A2 A3 A4 A5"),
  /// The queue is switched off, and the only api stands still before a row enters the inbox, until
  /// its leases are closed and fenced (L5).
  SLEEPING_BEFORE_INBOX("L5 S6"),
  /// Redis is switched off in a rush, the queue is away and money is short: what waits in the queue
  /// is promised a second time, for less, and booked so first (W2, A5).
  CLAIM_GAP("W2 A5 A4"),
  /// Both Redis come back empty and the accept log is made anew, settlement behind: of some orders
  /// only their clients' tokens are left (T1, L7, W2, A5).
  LOST_COPIES("T1 L7 L5 W2 A5");

  private static final int EVERY = 4;
  private static final Duration LONG_STORM = Duration.ofSeconds(45);
  private static final List<String> ORDERS_SET_ASIDE =
      List.of(
          "BookingStore.putOff",
          "BookingStore.resume",
          "ParkedStore.discard",
          "ParkedStore.earlier",
          "ParkedStore.order",
          "ParkedStore.resume",
          "TokenStore.ofUser");
  private static final List<String> TAKEN_TOGETHER =
      List.of(
          "AcceptLog.appendAll",
          "Promises.claimAll",
          "Promises.keepAll",
          "Promises.lookAll",
          "Signing.signAll");
  private static final List<String> TAKEN_FOR_COPIES =
      List.of(
          "BookingStore.commit",
          "BookingStore.lookUp",
          "KeyList.list",
          "LeaseClosingStore.fenceWithoutEnd",
          "RootStore.append",
          "Signing.sign",
          "TokenStore.ofUser",
          "TokenStore.walk");
  private static final String SIGN = "Signing.sign";
  private static final String APPEND = "AcceptLog.append";
  private static final String CLAIM = "Promises.claim";

  /// As the protocol numbers them, with spaces between.
  private final String rules;

  Aim(String rules) {
    this.rules = rules;
  }

  /// What this seed is aimed at.
  public static Aim of(long seed) {
    int aims = values().length - 1;
    return seed % EVERY == 0 ? values()[1 + Math.floorMod(seed / EVERY, aims)] : NOTHING;
  }

  /// `count` seeds from `first` on: a quarter of them aimed at this rule, as far as there are aims
  /// at it and wherever they lie; then the others in their order.
  public static LongStream seedsFor(String rule, long first, int count) {
    boolean hasAim = Arrays.stream(values()).anyMatch(aim -> aim.isAt(rule));
    int aimed = hasAim ? count / EVERY : 0;
    return LongStream.concat(
        LongStream.iterate(first, seed -> seed + 1)
            .filter(seed -> of(seed).isAt(rule))
            .limit(aimed),
        LongStream.iterate(first, seed -> seed + 1)
            .filter(seed -> !of(seed).isAt(rule))
            .limit(count - aimed));
  }

  private boolean isAt(String rule) {
    return rules.contains(rule);
  }

  /// The log of this run is lost on the way.
  boolean losesTopic() {
    return this == LOST_TOPIC || this == REMADE_TOPIC || this == LATE_TOKEN;
  }

  /// Orders go into the inbox from the beginning.
  boolean isWithoutQueue() {
    return this == SLEEPING_BEFORE_INBOX;
  }

  /// The weather is mixed beside what it is aimed at.
  boolean isMixed() {
    return switch (this) {
      case LOST_TOPIC, REMADE_TOPIC, CHANGED_BUDGET, OLD_REDIS, POISONED, CROWD, CLAIM_GAP -> true;
      case NOTHING,
          FOLLOWED_CLAIM,
          SLEEPING_HOLDER,
          CLOSED_UNDER_HOLDER,
          SLEEPING_BEFORE_INBOX,
          LATE_TOKEN,
          LOST_COPIES ->
          false;
    };
  }

  /// How long a client waits at most before it asks again.
  Duration longestWait(Duration usual) {
    return switch (this) {
      case SLEEPING_HOLDER, SLEEPING_BEFORE_INBOX -> Duration.ofMillis(1_200);
      case CLAIM_GAP -> Duration.ofSeconds(8);
      case NOTHING,
          FOLLOWED_CLAIM,
          CLOSED_UNDER_HOLDER,
          LOST_TOPIC,
          LATE_TOKEN,
          REMADE_TOPIC,
          CHANGED_BUDGET,
          OLD_REDIS,
          POISONED,
          LOST_COPIES,
          CROWD ->
          usual;
    };
  }

  /// How many orders the ledger refuses.
  int poisoned(Dice dice) {
    return this == POISONED ? 5 : dice.chance(0.25) ? 1 : 0;
  }

  /// How many more clients ask for each number.
  int moreCallers() {
    return switch (this) {
      case FOLLOWED_CLAIM, CLAIM_GAP -> 3;
      case LOST_TOPIC, LATE_TOKEN, REMADE_TOPIC, CROWD -> 1;
      case NOTHING,
          SLEEPING_HOLDER,
          CLOSED_UNDER_HOLDER,
          CHANGED_BUDGET,
          OLD_REDIS,
          POISONED,
          LOST_COPIES,
          SLEEPING_BEFORE_INBOX ->
          0;
    };
  }

  /// The plan of such a run.
  Plan plan(Plan usual, Dice dice) {
    return switch (this) {
      case NOTHING, CHANGED_BUDGET, OLD_REDIS, POISONED -> usual;
      case FOLLOWED_CLAIM -> of(usual, 3, 1, 5, 1, 10, 10, Plan.Fallback.MESSAGE);
      case SLEEPING_HOLDER, SLEEPING_BEFORE_INBOX ->
          of(usual, 1, 1, dice.between(2, 5), 2, 10, 200, Plan.Fallback.NONE);
      case CLOSED_UNDER_HOLDER -> of(usual, 1, 1, 7, 8, 5, 600, Plan.Fallback.NONE);
      case LOST_TOPIC, LATE_TOKEN, REMADE_TOPIC ->
          of(usual, 2, usual.settles(), dice.between(4, 7), 3, 5, 300, usual.fallback());
      case LOST_COPIES -> of(usual, 2, 2, dice.between(4, 7), 3, 5, 200, usual.fallback());
      case CLAIM_GAP -> of(usual, 2, 1, 6, 3, 10, 60, Plan.Fallback.SMALL);
      case CROWD -> of(usual, 1, 1, 7, 6, 5, 6_000, Plan.Fallback.NONE);
    };
  }

  private static Plan of(
      Plan usual,
      int apis,
      int settles,
      int users,
      int rounds,
      long main,
      long budget,
      Plan.Fallback fallback) {
    return new Plan(
        apis,
        settles,
        usual.partitions(),
        users,
        rounds,
        main,
        budget,
        users * 10L,
        fallback,
        false,
        LONG_STORM);
  }

  /// The faults of such a run.
  void aim(Weather weather) {
    switch (this) {
      case NOTHING, OLD_REDIS -> {}
      case FOLLOWED_CLAIM -> {
        weather.only(Duration.ofMillis(300), Duration.ofMillis(2_800));
        weather.first(Fault.KILLED_BEFORE, APPEND);
        weather.aim(Fault.FROZEN_BEFORE, 0.35, SIGN);
      }
      case SLEEPING_HOLDER -> {
        weather.only(Duration.ofMillis(10_500), Duration.ofSeconds(18));
        weather.aim(Fault.FROZEN_BEFORE, 0.08, SIGN, APPEND);
        weather.aim(Fault.FROZEN_AFTER, 0.08, SIGN, CLAIM);
        weather.aimAll(0.05, "BookingStore.fenced");
      }
      case LATE_TOKEN -> {
        weather.only(Duration.ofSeconds(9), Duration.ofSeconds(20));
        weather.aim(Fault.FROZEN_BEFORE, 0.2, "Promises.keep", "Promises.keepAll");
      }
      case SLEEPING_BEFORE_INBOX -> {
        weather.only(Duration.ofMillis(10_500), Duration.ofSeconds(18));
        weather.aim(Fault.FROZEN_BEFORE, 0.15, "LedgerLog.enter");
      }
      case CLOSED_UNDER_HOLDER -> {
        weather.only(Duration.ofMillis(500), Duration.ofMillis(2_800));
        weather.aim(Fault.FROZEN_BEFORE, 0.12, SIGN, APPEND);
      }
      case LOST_TOPIC, REMADE_TOPIC -> {
        weather.aim(Fault.REPLY_LOST, 0.1, "LeaseEnding.end", "LeaseClosingStore.fenceWithoutEnd");
        weather.aim(Fault.KILLED_AFTER, 0.1, "LeaseClosingStore.fenceWithoutEnd");
        weather.aim(Fault.KILLED_AFTER, 0.02, "TokenStore.walk");
        weather.aim(Fault.SLOW, 0.3, APPEND);
      }
      case LOST_COPIES -> {
        weather.only(Duration.ofMillis(300), Duration.ofSeconds(8));
        for (String step : TAKEN_FOR_COPIES) {
          weather.aimAll(0.02, step);
        }
      }
      case POISONED -> {
        for (String step : ORDERS_SET_ASIDE) {
          weather.aimAll(0.08, step);
        }
      }
      case CLAIM_GAP -> weather.aim(Fault.SLOW, 0.5, "Fetches.read");
      case CROWD -> {
        for (String step : TAKEN_TOGETHER) {
          weather.aimAll(0.03, step);
        }
      }
      case CHANGED_BUDGET -> {
        weather.aim(Fault.REPLY_LOST, 0.3, "BudgetControl.adjust");
        weather.aim(Fault.DONE_LATE, 0.1, "BudgetControl.adjust");
      }
    }
  }

  /// How likely an operator changes something each time there is a look at budgets.
  double stewardship(Dice dice) {
    return switch (this) {
      case CLOSED_UNDER_HOLDER, CHANGED_BUDGET, LOST_TOPIC, LATE_TOKEN, REMADE_TOPIC -> 0.5;
      case NOTHING,
          FOLLOWED_CLAIM,
          SLEEPING_HOLDER,
          OLD_REDIS,
          POISONED,
          CROWD,
          SLEEPING_BEFORE_INBOX,
          LOST_COPIES,
          CLAIM_GAP ->
          dice.chance(0.15) ? 0.1 : 0;
    };
  }
}
