package dev.lantern.proving.e2e;

import dev.lantern.proving.edge.Edge;
import dev.lantern.proving.edge.GrpcEdge;
import dev.lantern.proving.edge.JsonEdge;
import dev.lantern.proving.edge.SessionClaims;
import dev.lantern.proving.place.Operator;
import dev.lantern.proving.place.StackAccess;
import dev.lantern.sdk.session.AppAssertions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.LockSupport;

/// A campaign of a test's own with one round that is open for ten minutes and one that opens in a
/// day, and users with sessions.
record OpenRound(
    StackAccess stack, String activityId, String sceneId, Edge json, Edge grpc, AppAssertions app)
    implements AutoCloseable {
  static final int OPEN = 1;
  static final int NOT_YET_OPEN = 2;
  private static final Duration LEAD = Duration.ofSeconds(12);

  record Person(String session, long actId) {}

  static OpenRound begin(String name) {
    StackAccess stack = SharedStack.access();
    Instant now = Instant.now();
    String id = name + "-" + Long.toString(now.toEpochMilli(), 36);
    Instant opens = now.truncatedTo(ChronoUnit.SECONDS).plus(LEAD);
    try (Operator operator = Operator.at(stack.orderApis().getFirst(), stack.operator())) {
      operator.apply(document(id, opens), id, "a test");
    }
    while (Instant.now().isBefore(opens.plusMillis(200))) {
      LockSupport.parkNanos(Duration.between(Instant.now(), opens.plusMillis(300)).toNanos());
    }
    return new OpenRound(
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
  }

  Person person(String name) {
    String session = json.openSession(app.of(name)).session();
    return new Person(session, SessionClaims.read(session).actId());
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
          - {id: main, template_id: t-1, award_type: CASH_RED_PACKET, budget: %1$s-b, title: "Packet", amount: {fixed_fen: 5}}
        scenes:
          - id: %1$s-s
            award_type: CASH_RED_PACKET
            reward: main
            bill_text: Test
            single_amount_cap_fen: 1000
            settlement: TOKEN
            reconciled: true
            rounds:
              - {rain_id: 1, opens: %2$s, closes: %3$s}
              - {rain_id: 2, opens: %5$s, closes: %4$s}
    """
        .formatted(
            id,
            opens,
            opens.plus(Duration.ofMinutes(10)),
            opens.plus(Duration.ofDays(2)),
            opens.plus(Duration.ofDays(1)));
  }
}
