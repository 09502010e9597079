package dev.lantern.proving.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.proving.clientlog.Told;
import dev.lantern.proving.edge.Edge;
import dev.lantern.proving.edge.GrpcEdge;
import dev.lantern.proving.edge.JsonEdge;
import dev.lantern.proving.edge.SessionClaims;
import dev.lantern.proving.place.Auditor;
import dev.lantern.proving.place.Operator;
import dev.lantern.proving.place.StackAccess;
import dev.lantern.sdk.session.AppAssertions;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// A campaign of a test's own with one round that is open for an hour and one that opens in a day,
/// and users with sessions.
record OpenRound(
    StackAccess stack, String activityId, String sceneId, Edge json, Edge grpc, AppAssertions app)
    implements AutoCloseable {
  static final int OPEN = 1;
  static final int NOT_YET_OPEN = 2;
  static final long EACH_FEN = 5;
  static final long CAP_FEN = 1_000;
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Set<String> PASSING =
      Set.of("DEPENDENCY_DOWN", "DEADLINE", "OUTCOME_UNKNOWN", "NOT_SERVING");
  private static final Duration LEAD = Duration.ofSeconds(12);

  record Person(String session, long actId) {}

  static OpenRound begin(StackAccess stack) {
    Instant now = Instant.now();
    String id = "test-" + Long.toString(now.toEpochMilli(), 36);
    Instant opens = now.truncatedTo(ChronoUnit.SECONDS).plus(LEAD);
    try (Operator operator = Operator.at(stack.orderApis().getFirst(), stack.operator())) {
      operator.apply(document(id, opens), id, "a test");
    }
    var round =
        new OpenRound(
            stack,
            id,
            id + "-s",
            JsonEdge.connect(stack.edge().host(), stack.edge().port()),
            GrpcEdge.connect(stack.edge().host(), stack.edge().port()),
            new AppAssertions(
                stack.demoApp().appId(),
                stack.demoApp().key(),
                InstantSource.system(),
                new SecureRandom()));
    while (Instant.now().isBefore(opens)) {
      LockSupport.parkNanos(Duration.between(Instant.now(), opens).toNanos());
    }
    round.awaitOpen();
    return round;
  }

  /// A user with a session.
  Person person(String name) {
    var session = new AtomicReference<>("");
    Told told =
        certain(() -> {
          Edge.Opened opened = json.openSession(app.of(name));
          session.set(opened.session());
          return opened.told();
        });
    assertThat(told).isInstanceOf(Told.SessionOpened.class);
    return new Person(session.get(), SessionClaims.read(session.get()).actId());
  }

  /// What the edge says once it says something for certain: a client asks again after an answer
  /// that was lost, late or only says that something is down for the moment.
  static Told certain(Supplier<Told> call) {
    return until(told -> !passing(told), call);
  }

  /// The last answer: one that is as wished, or whatever there was when the patience ended.
  static Told until(Predicate<Told> wished, Supplier<Told> call) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Told told = call.get();
    while (!wished.test(told) && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
      told = call.get();
    }
    return told;
  }

  private static boolean passing(Told told) {
    return told instanceof Told.Lost
        || (told instanceof Told.Refused refused && PASSING.contains(refused.reason()));
  }

  /// Grabs in the open round until it is accepted.
  Told.Accepted accepted(Edge edge, Person who) {
    Told told = certain(() -> edge.grab(who.session(), grab(OPEN)));
    assertThat(told).isInstanceOf(Told.Accepted.class);
    return (Told.Accepted) told;
  }

  /// That this user has nothing: no row in the ledger, and no promise that could become one.
  void assertNothingOf(Person who) {
    assertThat(exactWallet(who))
        .isEqualTo(new Told.WalletShown(activityId + "-c", 0, 0, 0, 0, 0, false, List.of()));
    assertThat(new Auditor(stack).ordersOf(who.actId())).isZero();
  }

  /// The wallet, once nothing is missing from it.
  Told.WalletShown exactWallet(Person who) {
    Told told =
        until(
            answer -> answer instanceof Told.WalletShown wallet && wallet.exact(),
            () -> json.wallet(who.session(), activityId, ""));
    assertThat(told).isInstanceOf(Told.WalletShown.class);
    return (Told.WalletShown) told;
  }

  URI uri(String path) {
    return URI.create("http://%s:%d%s".formatted(stack.edge().host(), stack.edge().port(), path));
  }

  /// Every instance knows the tree, and every channel behind the edge is open.
  private void awaitOpen() {
    Person first = person(activityId + "-first");
    Told wallet =
        until(
            told -> told instanceof Told.WalletShown,
            () -> grpc.wallet(first.session(), activityId, ""));
    assertThat(wallet).isInstanceOf(Told.WalletShown.class);
    Told grab =
        until(told -> told instanceof Told.Accepted, () -> grpc.grab(first.session(), grab(OPEN)));
    assertThat(grab).isInstanceOf(Told.Accepted.class);
  }

  Edge.Grab grab(int rainId) {
    return new Edge.Grab(activityId, sceneId, rainId, "test");
  }

  String orderNo(Person person) {
    return "%d_%s_%d_1_3".formatted(person.actId(), sceneId, OPEN);
  }

  @Override
  public void close() {
    json.close();
    grpc.close();
  }

  private static String document(String id, Instant opens) {
    return """
    activity: %1$s
    title: A test
    budgets:
      - {id: %1$s-b, total_fen: 1000000}
    children:
      - id: %1$s-c
        title: A test
        stage: OFFICIAL
        audience: {everyone: true}
        opens: %2$s
        closes: %4$s
        rewards:
          - {id: main, template_id: t-1, award_type: CASH_RED_PACKET, budget: %1$s-b, title: "Packet", amount: {fixed_fen: %6$d}}
        scenes:
          - id: %1$s-s
            award_type: CASH_RED_PACKET
            reward: main
            bill_text: Test
            single_amount_cap_fen: %7$d
            settlement: TOKEN
            reconciled: true
            rounds:
              - {rain_id: 1, opens: %2$s, closes: %3$s}
              - {rain_id: 2, opens: %5$s, closes: %4$s}
    """
        .formatted(
            id,
            opens,
            opens.plus(Duration.ofHours(1)),
            opens.plus(Duration.ofDays(2)),
            opens.plus(Duration.ofDays(1)),
            EACH_FEN,
            CAP_FEN);
  }
}
