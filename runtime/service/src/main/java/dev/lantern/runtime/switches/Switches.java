package dev.lantern.runtime.switches;

import dev.lantern.mesh.v1.SwitchServiceGrpc;
import dev.lantern.mesh.v1.WatchSwitchesRequest;
import dev.lantern.mesh.v1.WatchSwitchesResponse;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The switches a service obeys. Reading one never blocks and never fails.
///
/// The answer comes, in this order, from the control plane's stream, from the file with its last
/// word, from the catalogue's default. A switch whose time is over stands at its default, whoever
/// is out of touch. A name outside the catalogue is a defect and throws [IllegalArgumentException].
public final class Switches implements AutoCloseable {

  /// Fully on.
  public static final int ON = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(Switches.class);

  // The control plane speaks at least every 10 s.
  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final long BACKOFF_LEAST_MILLIS = 200;
  private static final long BACKOFF_MOST_MILLIS = 5_000;

  private final Map<String, Integer> catalogue;
  private final InstantSource clock;
  private final Context.CancellableContext life = Context.ROOT.withCancellation();
  private volatile SwitchState state;
  private volatile boolean inTouch;
  private final Semaphore taken = new Semaphore(0);
  private @Nullable Thread follower;
  private @Nullable Thread reporter;

  private Switches(Map<String, Integer> catalogue, InstantSource clock, SwitchState state) {
    catalogue.forEach(Switches::requireRange);
    this.catalogue = Map.copyOf(catalogue);
    this.clock = clock;
    this.state = state;
  }

  /// Switches standing at their defaults for ever: for tools and tests.
  public static Switches atDefaults(Map<String, Integer> catalogue) {
    return new Switches(catalogue, InstantSource.system(), SwitchState.NOTHING);
  }

  /// Starts from the file, and follows the control plane from now on.
  ///
  /// `catalogue`: each switch this service knows, with its default per ten thousand. `watcher`:
  /// `order-center/api-1`.
  public static Switches watch(
      Map<String, Integer> catalogue,
      Channel controlPlane,
      String watcher,
      SwitchConfig config,
      InstantSource clock) {
    return watch(catalogue, controlPlane, watcher, config, clock, OptionalInt::empty);
  }

  /// The same, and tells the control plane every second what it obeys and how busy this service is,
  /// in per cent; empty: it does not measure.
  public static Switches watch(
      Map<String, Integer> catalogue,
      Channel controlPlane,
      String watcher,
      SwitchConfig config,
      InstantSource clock,
      Supplier<OptionalInt> busyPercent) {
    var file = new LastKnown(config.lastKnown());
    SwitchState known = file.read().map(SwitchState::of).orElse(SwitchState.NOTHING);
    var switches = new Switches(catalogue, clock, known);
    switches.follower =
        Thread.ofVirtual()
            .name("switches")
            .start(() -> switches.follow(SwitchServiceGrpc.newStub(controlPlane), watcher, file));
    switches.reporter =
        Thread.ofVirtual()
            .name("switches-report")
            .start(
                new Reports(
                    SwitchServiceGrpc.newBlockingStub(controlPlane),
                    watcher,
                    busyPercent,
                    () -> switches.state,
                    clock,
                    switches.life,
                    switches.taken));
    return switches;
  }

  /// True unless the switch stands at 0.
  public boolean isOn(String name) {
    return perTenThousand(name) > 0;
  }

  /// Where the switch stands, 0 to 10,000.
  public int perTenThousand(String name) {
    Integer unlessTold = catalogue.get(name);
    if (unlessTold == null) {
      throw new IllegalArgumentException("no switch " + name + " in " + catalogue.keySet());
    }
    SwitchState.Position position = state.positions().get(name);
    return position == null ? unlessTold : position.at(clock.instant());
  }

  /// The revision of what is obeyed; 0: the defaults.
  public long revision() {
    return state.revision();
  }

  /// Whether the control plane has been heard within its time.
  public boolean inTouch() {
    return inTouch;
  }

  /// Stops following; nothing is written to the file afterwards.
  @Override
  public void close() {
    life.cancel(null);
    end(reporter);
    end(follower);
  }

  private static void end(@Nullable Thread thread) {
    if (thread == null) {
      return;
    }
    thread.interrupt();
    try {
      var _ = thread.join(Duration.ofSeconds(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow(SwitchServiceGrpc.SwitchServiceStub stub, String watcher, LastKnown file) {
    long backoff = BACKOFF_LEAST_MILLIS;
    while (!life.isCancelled()) {
      boolean heard = listen(stub, watcher, file);
      inTouch = false;
      backoff = heard ? BACKOFF_LEAST_MILLIS : Math.min(2 * backoff, BACKOFF_MOST_MILLIS);
      if (!pause(ThreadLocalRandom.current().nextLong(backoff / 2, backoff + 1))) {
        return;
      }
    }
  }

  /// One stream, from its start until it ends or falls silent; true when it said anything.
  private boolean listen(SwitchServiceGrpc.SwitchServiceStub stub, String watcher, LastKnown file) {
    BlockingQueue<Event> events = new ArrayBlockingQueue<>(16);
    Context.CancellableContext call = life.withCancellation();
    boolean heard = false;
    try {
      var request = WatchSwitchesRequest.newBuilder().setWatcher(watcher).build();
      call.run(() -> stub.watchSwitches(request, new Feed(events)));
      while (true) {
        Event event = events.poll(SILENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (event == null || event.said() == null) {
          LOG.info("out of touch with the control plane; the last known switches hold");
          return heard;
        }
        take(event.said(), file);
        heard = true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return heard;
    } finally {
      call.cancel(null);
    }
  }

  private void take(WatchSwitchesResponse said, LastKnown file) {
    SwitchState before = state;
    state = SwitchState.of(said);
    inTouch = true;
    if (!state.equals(before)) {
      LOG.info("switches at revision {}", state.revision());
      file.write(said);
      taken.release();
    }
  }

  private static boolean pause(long millis) {
    try {
      Thread.sleep(millis);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void requireRange(String name, int perTenThousand) {
    if (perTenThousand < 0 || perTenThousand > ON) {
      throw new IllegalArgumentException(name + " must stand at 0 to " + ON);
    }
  }

  /// What the stream said; null: it ended.
  private record Event(@Nullable WatchSwitchesResponse said) {}

  private record Feed(BlockingQueue<Event> events)
      implements StreamObserver<WatchSwitchesResponse> {

    @Override
    public void onNext(WatchSwitchesResponse said) {
      // Each message is the whole truth: when the reader lags, the oldest may go.
      while (!events.offer(new Event(said))) {
        var _ = events.poll();
      }
    }

    @Override
    public void onError(Throwable failure) {
      end();
    }

    @Override
    public void onCompleted() {
      end();
    }

    private void end() {
      while (!events.offer(new Event(null))) {
        var _ = events.poll();
      }
    }
  }
}
