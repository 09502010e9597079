package dev.lantern.proving.rain;

import dev.lantern.proving.clientlog.Intent;
import dev.lantern.proving.clientlog.Told;
import dev.lantern.proving.edge.Edge;
import dev.lantern.proving.place.Auditor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// All users of a rain, half of them with JSON, half with gRPC by habit. Each is a virtual thread
/// while there is something to do.
final class Crowd {
  private static final int INSIDERS = 5;
  private static final int ARRIVING_AT_ONCE = 40;
  private static final int MAX_LAST_LOOKS = 500;

  /// How often a wallet is asked until it is exact.
  private static final int LAST_LOOKS = 20;

  private static final Duration SESSIONS_WITHIN = Duration.ofMinutes(2);
  private static final Duration FIND_OUT_WITHIN = Duration.ofMinutes(1);
  private static final Duration COUNTERS_WITHIN = Duration.ofSeconds(20);
  private static final Duration WATCH_EVERY = Duration.ofMillis(400);

  private final List<User> users;
  private final Waits waits;
  private final Assertions assertions;
  private final List<UserScript> scripts = new ArrayList<>();

  Crowd(
      RainOptions options,
      Edge json,
      Edge grpc,
      Recorder recorder,
      Assertions assertions,
      Waits waits) {
    this.users =
        IntStream.range(0, options.users())
            .mapToObj(i ->
                new User(
                    i,
                    i % 2 == 0 ? json : grpc,
                    i % 2 == 0 ? grpc : json,
                    recorder,
                    new SplittableRandom(options.seed() * 1_000_003 + i)))
            .toList();
    this.waits = waits;
    this.assertions = assertions;
  }

  /// Opens every user's session, some at a time: people do not all arrive in the same second, and
  /// what is tried here is the rain. Throws IllegalStateException if any user gets none in time.
  void openSessions() {
    Instant until = waits.wall().instant().plus(SESSIONS_WITHIN);
    var arriving = new Semaphore(ARRIVING_AT_ONCE);
    each(
        users,
        user -> {
          arriving.acquireUninterruptibly();
          try {
            var _ =
                user.persist(
                    user.open(assertions.of(user.number())),
                    waits,
                    until,
                    () -> user.open(assertions.of(user.number())));
          } finally {
            arriving.release();
          }
        });
    long without = users.stream().filter(user -> !user.hasSession()).count();
    if (without > 0) {
      throw new IllegalStateException(
          without + " of " + users.size() + " users got no session; `lantern status` shows why");
    }
  }

  /// All of them.
  List<User> users() {
    return users;
  }

  /// Plays all rounds; some users also watch their wallet and the counter all the while.
  void play(Plan plan, Progress progress) {
    for (User user : users) {
      scripts.add(new UserScript(user, plan, waits, assertions, users));
    }
    var watchers = users.subList(0, Math.max(3, users.size() / 100)).stream().limit(users.size());
    List<Thread> watching =
        watchers
            .map(user -> Thread.ofVirtual().name("watcher").start(() -> watch(user, plan)))
            .toList();
    plan.rounds()
        .forEach(round ->
            progress.note(
                "round %d of %s: %s to %s"
                    .formatted(round.rainId(), round.sceneId(), round.opens(), round.closes())));
    try {
      each(scripts, UserScript::play);
    } finally {
      watching.forEach(Thread::interrupt);
    }
    watching.forEach(Crowd::join);
  }

  /// Whether anybody had to ask.
  boolean findOut(Plan plan) {
    List<UserScript> unsure = scripts.stream().filter(s -> !s.unsure().isEmpty()).toList();
    if (unsure.isEmpty()) {
      return false;
    }
    waits.until(plan.rounds().getLast().closes());
    Instant until = waits.wall().instant().plus(FIND_OUT_WITHIN);
    each(unsure, script -> script.findOut(until));
    return true;
  }

  /// The last looks: counters until they have caught up with the ledger (or for 20 s), and the
  /// wallets of up to 500 users.
  void lookAtEnd(Plan plan, Drain drain, Auditor auditor, boolean drained) {
    User reader = users.getFirst();
    String child = plan.rounds().getLast().childId();
    List<String> others =
        plan.rounds().stream()
            .map(RoundPlan::childId)
            .distinct()
            .filter(id -> !id.equals(child))
            .toList();
    for (String counter : Stream.concat(Stream.of(plan.runId()), others.stream()).toList()) {
      lookAtCounter(reader, counter, drain, auditor, drained);
    }
    int step = Math.max(1, users.size() / MAX_LAST_LOOKS);
    List<User> some = users.stream().filter(user -> user.number() % step == 0).toList();
    each(some, user -> lastWallet(user, plan.runId(), child));
    each(
        users.subList(0, Math.min(INSIDERS, users.size())),
        user -> {
          others.forEach(other -> lastWallet(user, plan.runId(), other));
          user.flows(Intent.FINAL_LOOK, plan.runId(), child);
        });
  }

  private static void lookAtCounter(
      User reader, String name, Drain drain, Auditor auditor, boolean drained) {
    String opened = name + ".opened";
    String fen = name + ".fen";
    if (drained) {
      drain.await(
          COUNTERS_WITHIN,
          () ->
              shows(reader.counter(Intent.LOOK, opened), auditor.counted(name))
                  && shows(reader.counter(Intent.LOOK, fen), auditor.countedFen(name)));
    }
    reader.counter(Intent.FINAL_LOOK, opened);
    reader.counter(Intent.FINAL_LOOK, fen);
  }

  /// A wallet that says it is not exact is asked again, for a while.
  private void lastWallet(User user, String activityId, String childId) {
    for (int look = 0; look < LAST_LOOKS; look++) {
      Told told = user.wallet(Intent.FINAL_LOOK, activityId, childId);
      if (told instanceof Told.WalletShown wallet && wallet.exact()) {
        return;
      }
      waits.sleep(WATCH_EVERY);
    }
  }

  private static boolean shows(Told told, long due) {
    return told instanceof Told.CounterShown shown && shown.value() == due;
  }

  private void watch(User user, Plan plan) {
    RoundPlan last = plan.rounds().getLast();
    waits.until(plan.rounds().get(1).opens());
    while (!Thread.currentThread().isInterrupted() && waits.before(last.closes())) {
      user.wallet(Intent.LOOK, plan.runId(), last.childId());
      user.counter(Intent.LOOK, plan.runId() + ".opened");
      waits.sleep(WATCH_EVERY);
    }
  }

  static <T> void each(List<T> all, Consumer<T> action) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks = new ArrayList<Future<?>>();
      all.forEach(one -> tasks.add(threads.submit(() -> action.accept(one))));
      for (Future<?> task : tasks) {
        task.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a user broke: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
