package dev.lantern.proving.rain;

import dev.lantern.proving.clientlog.Call;
import dev.lantern.proving.clientlog.Intent;
import dev.lantern.proving.clientlog.Protocol;
import dev.lantern.proving.clientlog.Told;
import dev.lantern.proving.edge.Edge;
import dev.lantern.proving.edge.Garbage;
import dev.lantern.proving.edge.SessionClaims;
import dev.lantern.proving.rain.Recorder.About;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One simulated user: an app's user with a session, who calls over one protocol by habit. Each
/// method is one call and one line of the log.
final class User {
  private final int number;
  private final Edge habit;
  private final Edge other;
  private final Recorder recorder;
  private final RandomGenerator random;
  private volatile String session = "";
  private volatile long actId;

  User(int number, Edge habit, Edge other, Recorder recorder, RandomGenerator random) {
    this.number = number;
    this.habit = habit;
    this.other = other;
    this.recorder = recorder;
    this.random = random;
  }

  int number() {
    return number;
  }

  long actId() {
    return actId;
  }

  RandomGenerator random() {
    return random;
  }

  boolean hasSession() {
    return !session.isEmpty();
  }

  /// True with this many chances of a hundred.
  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  /// The edge over the protocol the user does not use by habit.
  Edge otherEdge() {
    return other;
  }

  Edge habitEdge() {
    return habit;
  }

  Told open(String assertion) {
    var about = about(habit, Call.SESSION, Intent.OPEN, "", 0, "");
    var opened = new Edge.Opened[1];
    Told told =
        recorder.call(
            about,
            () -> {
              opened[0] = habit.openSession(assertion);
              return opened[0].told();
            },
            _ ->
                opened[0].session().isEmpty()
                    ? 0
                    : SessionClaims.read(opened[0].session()).actId());
    if (!opened[0].session().isEmpty()) {
      session = opened[0].session();
      actId = SessionClaims.read(session).actId();
    }
    return told;
  }

  Told openBadly(Edge edge, String assertion, String kind) {
    return call(
        edge,
        Call.SESSION,
        Intent.BAD_ASSERTION,
        "",
        0,
        kind,
        () -> edge.openSession(assertion).told());
  }

  Told grab(Edge edge, Intent intent, String activityId, String sceneId, int rainId) {
    return grabWith(edge, session, intent, activityId, sceneId, rainId);
  }

  Told grabWith(
      Edge edge,
      @Nullable String withSession,
      Intent intent,
      String activityId,
      String sceneId,
      int rainId) {
    String requestId = "u%d.%s.%d".formatted(number, intent.name(), rainId);
    return call(
        edge,
        Call.GRAB,
        intent,
        sceneId,
        rainId,
        "",
        () -> edge.grab(withSession, new Edge.Grab(activityId, sceneId, rainId, requestId)));
  }

  /// A grab sent before its round opens. One that is answered after the opening, for it had to wait
  /// on its way, was no early one: it may have been granted.
  ///
  /// @param opens by the fastest of the servers' clocks
  Told grabEarly(Edge edge, String activityId, RoundPlan round, Instant opens, Waits waits) {
    String requestId = "u%d.EARLY.%d".formatted(number, round.rainId());
    var grab = new Edge.Grab(activityId, round.sceneId(), round.rainId(), requestId);
    return recorder.call(
        about(edge, Call.GRAB, Intent.EARLY, round.sceneId(), round.rainId(), ""),
        () -> edge.grab(session, grab),
        () -> waits.before(opens) ? Intent.EARLY : Intent.AGAIN);
  }

  String session() {
    return session;
  }

  Told order(Edge edge, Intent intent, String orderNo) {
    return call(
        edge,
        Call.ORDER,
        intent,
        "",
        0,
        intent == Intent.FOREIGN_ORDER ? "" : orderNo,
        () -> edge.order(session, orderNo));
  }

  Told wallet(Intent intent, String activityId, String childId) {
    return call(
        habit,
        Call.WALLET,
        intent,
        "",
        0,
        childId,
        () -> habit.wallet(session, activityId, childId));
  }

  Told flows(Intent intent, String activityId, String childId) {
    return call(
        habit, Call.FLOWS, intent, "", 0, childId, () -> habit.flows(session, activityId, childId));
  }

  Told counter(Intent intent, String name) {
    return call(habit, Call.COUNTER, intent, "", 0, name, () -> habit.counter(session, name));
  }

  Told garbage(Edge edge, Garbage garbage, Edge.Grab near) {
    return call(
        edge,
        Call.UNKNOWN,
        garbage.intent(),
        "",
        0,
        garbage.name(),
        () -> edge.broken(session, garbage, near));
  }

  /// Goes on until accepted, told that it is useless, out of attempts, or past `until`.
  Told persist(Told told, Waits waits, Instant until, Supplier<Told> again) {
    Told last = told;
    for (int attempt = 1; ; attempt++) {
      OptionalLong wait = Patience.beforeAttempt(attempt, last, random);
      if (wait.isEmpty()
          || !waits.before(until.minusMillis(wait.getAsLong()))
          || Thread.currentThread().isInterrupted()) {
        return last;
      }
      waits.sleep(Duration.ofMillis(wait.getAsLong()));
      last = again.get();
    }
  }

  private Told call(
      Edge edge,
      Call call,
      Intent intent,
      String sceneId,
      int rainId,
      String subject,
      Supplier<Told> attempt) {
    return recorder.call(about(edge, call, intent, sceneId, rainId, subject), attempt);
  }

  private About about(
      Edge edge, Call call, Intent intent, String sceneId, int rainId, String subject) {
    Protocol protocol = edge.protocol();
    return new About(number, actId, protocol, call, intent, sceneId, rainId, subject);
  }
}
