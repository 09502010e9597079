package dev.lantern.proving.measure;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.Context;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// A closed loop: so many calls under way at a time, the next begun when one has ended. It waits
/// for no latency and claims none.
final class Load {
  private static final int PATIENCE_S = 30;

  private final AtomicLong good = new AtomicLong();
  private final AtomicLong bad = new AtomicLong();
  private final Map<String, Long> reasons = new TreeMap<>();

  private Load() {}

  /// Begins a call; what it is told ends it.
  interface Caller {
    void call(Ending ending);
  }

  /// How a call ended, told once.
  interface Ending {
    void ended(Outcome outcome);
  }

  /// Units that ended well, and those that did not, with a reason.
  record Outcome(long good, long bad, String reason) {
    static Outcome good(long units) {
      return new Outcome(units, 0, "");
    }

    static Outcome bad(long units, String reason) {
      return new Outcome(0, units, reason);
    }
  }

  /// What came of it.
  ///
  /// @param reasons why units ended badly, with how many
  record Result(long good, long bad, Map<String, Long> reasons) {}

  /// Calls for as long as `goOn` says, and returns when the last call has ended.
  static Result run(int inFlight, BooleanSupplier goOn, Caller caller) {
    var load = new Load();
    var lanes = new CountDownLatch(inFlight);
    for (int i = 0; i < inFlight; i++) {
      load.next(goOn, caller, lanes);
    }
    try {
      boolean ended = false;
      while (!ended && goOn.getAsBoolean()) {
        ended = lanes.await(10, TimeUnit.MILLISECONDS);
      }
      if (!ended && !lanes.await(PATIENCE_S, TimeUnit.SECONDS)) {
        throw new IllegalStateException("calls do not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    synchronized (load.reasons) {
      return new Result(load.good.get(), load.bad.get(), Map.copyOf(load.reasons));
    }
  }

  private void next(BooleanSupplier goOn, Caller caller, CountDownLatch lanes) {
    if (!goOn.getAsBoolean()) {
      lanes.countDown();
      return;
    }
    caller.call(outcome -> {
      good.addAndGet(outcome.good());
      if (outcome.bad() > 0) {
        bad.addAndGet(outcome.bad());
        synchronized (reasons) {
          reasons.merge(outcome.reason(), outcome.bad(), Long::sum);
        }
      }
      // A call is no child of the one before it.
      Context.ROOT.run(() -> next(goOn, caller, lanes));
    });
  }

  /// Until then, by the monotonic clock.
  static BooleanSupplier until(long nanoTime) {
    return () -> System.nanoTime() - nanoTime < 0;
  }

  /// Hears a unary answer and ends its call.
  ///
  /// @param judge what an answer is worth
  /// @param units what is lost when there is none
  static <A> StreamObserver<A> hearing(Ending ending, Function<A, Outcome> judge, long units) {
    return new StreamObserver<>() {
      private Outcome outcome = Outcome.bad(units, "NO_ANSWER");

      @Override
      public void onNext(A answer) {
        outcome = judge.apply(answer);
      }

      @Override
      public void onError(Throwable error) {
        ending.ended(Outcome.bad(units, reasonOf(error)));
      }

      @Override
      public void onCompleted() {
        ending.ended(outcome);
      }
    };
  }

  private static String reasonOf(Throwable error) {
    Status status = StatusProto.fromThrowable(error);
    if (status != null) {
      for (Any detail : status.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          try {
            return detail.unpack(ErrorInfo.class).getReason();
          } catch (InvalidProtocolBufferException unreadable) {
            break;
          }
        }
      }
    }
    return io.grpc.Status.fromThrowable(error).getCode().name();
  }
}
