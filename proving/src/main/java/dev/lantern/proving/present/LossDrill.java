package dev.lantern.proving.present;

import dev.lantern.order.v1.Budget;
import dev.lantern.play.v1.GrabResponse;
import dev.lantern.proving.chaos.Signals;
import dev.lantern.proving.place.Auditor;
import dev.lantern.proving.place.Operator;
import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.rain.Progress;
import dev.lantern.proving.rain.Waits;
import dev.lantern.sdk.session.AppAssertions;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.redis.RedisConfig;
import dev.lantern.stores.redis.Script;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/// Loses everything but the ledger and what clients hold, and has it brought back.
///
/// ```
/// half of the users grab, and are booked
/// settlement is frozen; the other half grab: acknowledged, outstanding
/// both Redis are wiped, the topic is deleted and made anew under its name; settlement goes on
/// ── the lost topic's leases are FROZEN, nothing of the second half is in any row
/// everybody presents, twice at once, over gRPC, JSON and GetWallet; some present others' and forgeries
/// an operator ends the presentation window ── the leases close
/// ── every acknowledged order is booked once, and the budget adds up
/// ```
public final class LossDrill {
  public static final int MOST = 2_000;
  private static final int LEAST = 4;
  private static final long EACH_FEN = 88;
  private static final Duration LEAD = Duration.ofSeconds(13);
  private static final Duration STEP = Duration.ofMillis(250);
  private static final Duration BOOKED_WITHIN = Duration.ofSeconds(30);
  private static final Duration FROZEN_WITHIN = Duration.ofSeconds(90);
  private static final Duration CLOSED_WITHIN = Duration.ofMinutes(2);
  private static final Duration ASK_AGAIN = Duration.ofSeconds(5);
  private static final Script FLUSH = Script.of("redis.call('FLUSHALL') return {}");

  private final StackAccess stack;
  private final Progress progress;
  private final Waits waits;
  private final RandomGenerator unpredictable;

  public LossDrill(
      StackAccess stack, Progress progress, Waits waits, RandomGenerator unpredictable) {
    this.stack = stack;
    this.progress = progress;
    this.waits = waits;
    this.unpredictable = unpredictable;
  }

  /// Runs it. Throws IllegalStateException, with what to look at, when it cannot be done.
  ///
  /// @param users 4 to [#MOST]
  public LossReport run(int users) {
    if (users < LEAST || users > MOST) {
      throw new IllegalArgumentException(LEAST + " to " + MOST + " users");
    }
    String id = "loss-" + Long.toString(waits.wall().instant().toEpochMilli(), 36);
    StackAccess.Address edge = stack.edge();
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(edge.host(), edge.port())
            .usePlaintext()
            .maxInboundMetadataSize(32 * 1024)
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return new Run(id, users, channel, http).play();
    } finally {
      channel.shutdownNow();
    }
  }

  private final class Run {
    private final String id;
    private final int users;
    private final ManagedChannel channel;
    private final HttpClient http;
    private final LossBooks books;
    private final Instant opens = waits.wall().instant().truncatedTo(ChronoUnit.SECONDS).plus(LEAD);
    private final long begun = waits.nanos().getAsLong();
    private final List<Holder> holders = new ArrayList<>();
    private final List<Copy> held = new ArrayList<>();

    Run(String id, int users, ManagedChannel channel, HttpClient http) {
      this.id = id;
      this.users = users;
      this.channel = channel;
      this.http = http;
      this.books = new LossBooks(stack, id);
    }

    LossReport play() {
      prepare();
      int half = users / 2;
      grab(holders.subList(0, half));
      await(BOOKED_WITHIN, "the first half is not booked", () -> books.orders().size() == half);
      Auditor.Booked log = log();
      List<Long> frozen = settles();
      frozen.forEach(Signals::stop);
      long bookedBefore;
      try {
        grab(holders.subList(half, users));
        bookedBefore = books.orders().size();
        lose(log);
      } finally {
        frozen.forEach(Signals::goOn);
      }
      return recover(log, bookedBefore);
    }

    private LossReport recover(Auditor.Booked log, long bookedBefore) {
      progress.phase("waiting for the leases of the lost topic to be frozen");
      await(FROZEN_WITHIN, "its leases go on", () -> books.goingOn(log.topicId()) == 0);
      long frozenLeases = books.frozen();
      long lost = (long) held.size() - books.orders().size();
      progress.phase(lost + " orders are in no row; their users present their copies");
      long from = waits.nanos().getAsLong();
      Presenting presenting = new Presenting(id, held, waits);
      presenting.run();
      double presentS = seconds(from);
      progress.phase("the presentation window ends");
      long ended = waits.nanos().getAsLong();
      Budget budget = close();
      double drainS = seconds(ended);
      return new LossVerdict(books.orders(), books.conflicts(), held, budget)
          .report(
              users,
              bookedBefore,
              lost,
              frozenLeases,
              presenting,
              presentS,
              drainS,
              seconds(begun));
    }

    private void prepare() {
      progress.phase("opening " + users + " sessions");
      var app =
          new AppAssertions(
              stack.demoApp().appId(), stack.demoApp().key(), waits.wall(), unpredictable);
      for (int user = 0; user < users; user++) {
        holders.add(Holder.open(channel, http, stack.edge(), app.of(id + "-" + user)));
      }
      onOperator(operator ->
          operator.apply(
              LossCampaign.document(id, users * 2L * EACH_FEN, EACH_FEN, opens), id, "a drill"));
      waits.until(opens);
    }

    /// Asks again as a client does; whoever is not accepted in time ends the drill.
    private void grab(List<Holder> some) {
      progress.phase(some.size() + " users grab");
      for (Holder holder : some) {
        await(
            BOOKED_WITHIN,
            "a grab is not accepted with a token",
            () -> {
              try {
                GrabResponse answer = holder.grab(id, LossCampaign.scene(id), LossCampaign.ROUND);
                if (answer.hasToken()) {
                  held.add(new Copy(holder, answer));
                }
                return answer.hasToken();
              } catch (StatusRuntimeException notNow) {
                return false;
              }
            });
      }
    }

    private Auditor.Booked log() {
      return new Auditor(stack)
          .offsets().stream()
              .max(java.util.Comparator.comparing(Auditor.Booked::topic))
              .orElseThrow(() -> new IllegalStateException("there is no accept log"));
    }

    private List<Long> settles() {
      return stack.parts().stream()
          .filter(part -> part.startsWith("order-settle-"))
          .map(part ->
              stack.pid(part).orElseThrow(() -> new IllegalStateException(part + " is down")))
          .toList();
    }

    private void lose(Auditor.Booked log) {
      progress.phase("both Redis are wiped, and " + log.topic() + " is made anew");
      for (RedisConfig config : List.of(stack.redisA(), stack.redisB())) {
        try (Redis redis = Redis.connect(config, "drill")) {
          redis.eval(FLUSH, "any");
        }
      }
      KafkaLoss.remake(stack, log.topic(), log.partitions(), waits::sleep);
    }

    /// Until every lease is closed; then the budget.
    private Budget close() {
      Instant[] next = {waits.wall().instant()};
      int[] asked = {0};
      await(
          CLOSED_WITHIN,
          "leases are not closed",
          () -> {
            if (!waits.before(next[0])) {
              onOperator(operator ->
                  operator.endPresentation(LossCampaign.budget(id), id + "-" + asked[0]++));
              next[0] = waits.wall().instant().plus(ASK_AGAIN);
            }
            return new Auditor(stack).unclosedLeases(id) == 0;
          });
      Budget[] found = new Budget[1];
      onOperator(operator -> found[0] = operator.budget(LossCampaign.budget(id)));
      return found[0];
    }

    private void onOperator(java.util.function.Consumer<Operator> action) {
      try (Operator operator = Operator.at(stack.orderApis().getFirst(), stack.operator())) {
        action.accept(operator);
      }
    }

    private void await(Duration within, String otherwise, BooleanSupplier condition) {
      Instant until = waits.wall().instant().plus(within);
      while (!condition.getAsBoolean()) {
        if (!waits.before(until) || Thread.currentThread().isInterrupted()) {
          throw new IllegalStateException(otherwise + " after " + within.toSeconds() + " s");
        }
        waits.sleep(STEP);
      }
    }

    private double seconds(long since) {
      return Math.round((waits.nanos().getAsLong() - since) / 1e8) / 10.0;
    }
  }
}
