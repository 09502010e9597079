package dev.lantern.proving.counter;

import dev.lantern.counter.v1.CounterServiceGrpc;
import dev.lantern.counter.v1.CounterServiceGrpc.CounterServiceBlockingStub;
import dev.lantern.counter.v1.GetRequest;
import dev.lantern.counter.v1.GetResponse;
import dev.lantern.proving.place.Operator;
import dev.lantern.sdk.counter.CounterReader;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Everybody who reads while things break, and whether anybody ever saw a number go back.
///
/// To each instance belongs a process's reader, polled once a second and read as fast as a thread
/// is given; its polls' replies get lost, too. One client has no instance of its own: it
/// alternates, with what it saw last as the least it takes.
final class Readers implements AutoCloseable {
  private static final int BURST = 50_000;
  private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long POLL_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long WANDER_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long DEADLINE_MS = 900;

  private final List<Operator> channels = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final String counter;
  private final int lostPercent;
  private final AtomicLong reads = new AtomicLong();
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong unanswered = new AtomicLong();
  private final AtomicLong backward = new AtomicLong();
  private volatile boolean over;

  private Readers(String counter, int lostPercent) {
    this.counter = counter;
    this.lostPercent = lostPercent;
  }

  static Readers start(CounterPlace place, String counter, int lostPercent, long seed) {
    var readers = new Readers(counter, lostPercent);
    for (int i = 0; i < CounterPlace.INSTANCES; i++) {
      readers.channels.add(place.connect(i, "order-center"));
    }
    for (int i = 0; i < CounterPlace.INSTANCES; i++) {
      readers.startOne(i, seed + i);
    }
    readers.run("wanderer", readers::wander);
    return readers;
  }

  /// Reads of memory, of exact and of shown values.
  long reads() {
    return reads.get();
  }

  /// Answers that the alternating client got.
  long calls() {
    return calls.get();
  }

  /// Its calls that were refused rather than answered with less.
  long unanswered() {
    return unanswered.get();
  }

  /// How often anybody was told less than before. Must be 0.
  long backward() {
    return backward.get();
  }

  @Override
  public void close() {
    over = true;
    threads.forEach(thread -> {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    channels.forEach(Operator::close);
  }

  private void startOne(int instance, long seed) {
    var random = new SplittableRandom(seed);
    CounterServiceBlockingStub stub = stub(instance);
    var reader =
        new CounterReader(
            request -> {
              GetResponse answer =
                  stub.withDeadlineAfter(DEADLINE_MS, TimeUnit.MILLISECONDS).get(request);
              if (random.nextInt(100) < lostPercent) {
                throw Status.UNAVAILABLE.withDescription("this reply is lost").asRuntimeException();
              }
              return answer;
            },
            System::nanoTime);
    CounterReader.Counter read = reader.counter(counter);
    run("polls-" + instance, () -> poll(reader));
    run("reads-" + instance, () -> read(read));
  }

  private void poll(CounterReader reader) {
    while (!over) {
      reader.poll();
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private void read(CounterReader.Counter counted) {
    long value = 0;
    long shown = 0;
    while (!over) {
      long bad = 0;
      for (int i = 0; i < BURST; i += 2) {
        long nextValue = counted.value();
        long nextShown = counted.shown();
        bad += (nextValue < value ? 1 : 0) + (nextShown < shown ? 1 : 0);
        value = nextValue;
        shown = nextShown;
      }
      reads.addAndGet(BURST);
      backward.addAndGet(bad);
      LockSupport.parkNanos(REST_NANOS);
    }
  }

  private void wander() {
    long last = 0;
    for (int turn = 0; !over; turn++) {
      try {
        GetResponse answer =
            stub(turn % CounterPlace.INSTANCES)
                .withDeadlineAfter(DEADLINE_MS, TimeUnit.MILLISECONDS)
                .get(GetRequest.newBuilder().setName(counter).setAtLeast(last).build());
        calls.incrementAndGet();
        boolean less = answer.getValue() < last || answer.getShownValue() < answer.getValue();
        backward.addAndGet(less ? 1 : 0);
        last = answer.getValue();
      } catch (StatusRuntimeException refused) {
        unanswered.incrementAndGet();
      }
      LockSupport.parkNanos(WANDER_NANOS);
    }
  }

  private CounterServiceBlockingStub stub(int instance) {
    return CounterServiceGrpc.newBlockingStub(channels.get(instance).channel());
  }

  private void run(String name, Runnable work) {
    threads.add(Thread.ofPlatform().daemon().name(name).start(work));
  }
}
