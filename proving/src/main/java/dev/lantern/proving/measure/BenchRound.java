package dev.lantern.proving.measure;

import dev.lantern.order.v1.AwardType;
import dev.lantern.order.v1.BatchIssueRewardsRequest;
import dev.lantern.order.v1.BatchIssueRewardsResponse;
import dev.lantern.order.v1.IssueRewardRequest;
import dev.lantern.order.v1.IssueRewardResponse;
import dev.lantern.order.v1.IssueRewardResult;
import dev.lantern.order.v1.OrderServiceGrpc;
import dev.lantern.proving.measure.Load.Outcome;
import dev.lantern.proving.place.Operator;
import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.rain.Waits;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/// A campaign of a benchmark's own with one open round, and rewards issued in it: a new user for
/// every order, so that each is a whole acceptance. Their ids are spread as in life.
final class BenchRound implements AutoCloseable {
  static final int BATCH = 250;
  private static final int CHANNELS = 2;
  static final int DEADLINE_S = 5;
  private static final int RAIN_ID = 1;
  private static final Duration LEAD = Duration.ofSeconds(3);
  private static final Duration OPEN = Duration.ofMinutes(20);
  private static final Duration OPEN_WITHIN = Duration.ofSeconds(40);

  /// More than can be accepted: no two runs meet the same user.
  private static final long USERS_PER_MS = 128;

  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;
  private static final long ID_MASK = (1L << 48) - 1;

  private final StackAccess stack;
  private final String activityId;
  private final List<Operator> operators;
  private final AtomicLong users;
  private final AtomicInteger turn = new AtomicInteger();

  private BenchRound(
      StackAccess stack, String activityId, List<Operator> operators, long firstUser) {
    this.stack = stack;
    this.activityId = activityId;
    this.operators = operators;
    this.users = new AtomicLong(firstUser);
  }

  /// Applies the campaign and waits until an order is accepted in it.
  static BenchRound open(StackAccess stack, String name, Waits waits) {
    Instant now = waits.wall().instant();
    String activity = "bench-" + name + "-" + Long.toString(now.toEpochMilli(), 36);
    var round =
        new BenchRound(
            stack,
            activity,
            operators(stack.orderApis().getFirst(), stack.operator(), "order-center"),
            now.toEpochMilli() * USERS_PER_MS);
    // Later than Redis's life began: acceptances need not look into the ledger.
    Instant opens = now.truncatedTo(ChronoUnit.SECONDS).plus(LEAD);
    try {
      round.operators.getFirst().apply(document(activity, opens), activity, "a benchmark");
      waits.until(opens);
      round.awaitOpen(waits, opens.plus(OPEN_WITHIN));
    } catch (RuntimeException e) {
      round.close();
      throw e;
    }
    return round;
  }

  /// The connections over which a side is called, as many for each.
  static List<Operator> operators(
      StackAccess.Address address, StackAccess.OperatorTls tls, String authority) {
    return IntStream.range(0, CHANNELS)
        .mapToObj(_ -> Operator.at(address, tls, authority))
        .toList();
  }

  String sceneId() {
    return activityId + "-s";
  }

  /// One reward, by itself.
  void issue(Load.Ending ending) {
    stub().issueReward(request(), Load.hearing(ending, BenchRound::judge, 1));
  }

  /// [#BATCH] rewards in one call.
  void issueBatch(Load.Ending ending) {
    var batch = BatchIssueRewardsRequest.newBuilder();
    for (int i = 0; i < BATCH; i++) {
      batch.addRequests(request());
    }
    stub().batchIssueRewards(batch.build(), Load.hearing(ending, BenchRound::judge, BATCH));
  }

  private static Outcome judge(IssueRewardResponse answer) {
    return answer.getReplayed() ? Outcome.bad(1, "REPLAYED") : Outcome.good(1);
  }

  private static Outcome judge(BatchIssueRewardsResponse answer) {
    long good = 0;
    String reason = "";
    for (IssueRewardResult result : answer.getResultsList()) {
      if (result.hasAccepted() && !result.getAccepted().getReplayed()) {
        good++;
      } else {
        reason = result.hasRefused() ? result.getRefused().getReason() : "REPLAYED";
      }
    }
    return new Outcome(good, BATCH - good, reason);
  }

  private OrderServiceGrpc.OrderServiceStub stub() {
    Operator one = operators.get(Math.floorMod(turn.getAndIncrement(), operators.size()));
    return OrderServiceGrpc.newStub(one.channel()).withDeadlineAfter(DEADLINE_S, TimeUnit.SECONDS);
  }

  private IssueRewardRequest request() {
    return IssueRewardRequest.newBuilder()
        .setActId(nextUser())
        .setAppId(stack.demoApp().appId())
        .setActivityId(activityId)
        .setSceneId(sceneId())
        .setRainId(RAIN_ID)
        .setAwardType(AwardType.AWARD_TYPE_CASH_RED_PACKET)
        .build();
  }

  /// Another one each time: an odd factor permutes the numbers below a power of two.
  private long nextUser() {
    return (users.incrementAndGet() * SPREAD) & ID_MASK;
  }

  private void awaitOpen(Waits waits, Instant until) {
    while (true) {
      try {
        var _ =
            OrderServiceGrpc.newBlockingStub(operators.getFirst().channel())
                .withDeadlineAfter(DEADLINE_S, TimeUnit.SECONDS)
                .issueReward(request());
        return;
      } catch (StatusRuntimeException refused) {
        if (!waits.before(until)) {
          throw new IllegalStateException(
              "the benchmark's round does not open: " + refused.getStatus(), refused);
        }
        waits.sleep(Duration.ofMillis(200));
      }
    }
  }

  /// Gives back what its budget has lent, so that nothing of the run is left under way.
  @Override
  public void close() {
    try {
      var _ = operators.getFirst().closeLeases(activityId + "-b", activityId + "-end");
    } catch (StatusRuntimeException refused) {
      // The leases close by themselves when they end.
    } finally {
      operators.forEach(Operator::close);
    }
  }

  private static String document(String id, Instant opens) {
    Instant closes = opens.plus(OPEN);
    return """
    activity: %1$s
    title: A benchmark
    budgets:
      - {id: %1$s-b, total_fen: 1000000000}
    children:
      - id: %1$s-c
        title: A benchmark
        stage: OFFICIAL
        audience: {everyone: true}
        opens: %2$s
        closes: %3$s
        rewards:
          - {id: main, template_id: t-1, award_type: CASH_RED_PACKET, budget: %1$s-b, title: "Red packet", amount: {fixed_fen: 1}}
        scenes:
          - id: %1$s-s
            award_type: CASH_RED_PACKET
            reward: main
            bill_text: Benchmark
            single_amount_cap_fen: 100
            settlement: TOKEN
            reconciled: true
            rounds:
              - {rain_id: 1, opens: %2$s, closes: %3$s}
    """
        .formatted(id, opens, closes);
  }
}
