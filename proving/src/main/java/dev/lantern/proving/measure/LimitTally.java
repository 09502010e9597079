package dev.lantern.proving.measure;

import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.Code;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/// What became of the calls of one key, by who asked.
final class LimitTally {
  private final Key key;
  private final Duration patience;
  private final LongSupplier nanos;
  private final List<AnyWindow.Passed> passed = new ArrayList<>();
  private long refused;
  private long late;
  private long unknown;

  /// A key's rule.
  record Key(String rule, int perSecond, int burstMillis) {
    int burst() {
      return perSecond * burstMillis / 1_000;
    }
  }

  /// @param late answered after Envoy would have gone on
  /// @param unknown not decided: a limiter that is gone, or that has no answer of Redis
  /// @param excess the most that any window holds beyond what the rate yields in it
  record Result(Key key, long passed, long refused, long late, long unknown, double excess) {
    /// Whether no window is over.
    boolean holds() {
      return excess <= key.burst();
    }
  }

  LimitTally(Key key, Duration patience, LongSupplier nanos) {
    this.key = key;
    this.patience = patience;
    this.nanos = nanos;
  }

  /// Hears one answer, from now on.
  StreamObserver<RateLimitResponse> hearing(Load.Ending ending) {
    long began = nanos.getAsLong();
    return new StreamObserver<>() {
      private Code code = Code.UNKNOWN;

      @Override
      public void onNext(RateLimitResponse answer) {
        code =
            answer.getStatusesCount() == 1 && answer.getStatuses(0).hasCurrentLimit()
                ? answer.getOverallCode()
                : Code.UNKNOWN;
      }

      @Override
      public void onError(Throwable failure) {
        count(Code.UNKNOWN, began);
        ending.ended(Load.Outcome.good(1));
      }

      @Override
      public void onCompleted() {
        count(code, began);
        ending.ended(Load.Outcome.good(1));
      }
    };
  }

  private synchronized void count(Code code, long began) {
    long now = nanos.getAsLong();
    if (code != Code.OK && code != Code.OVER_LIMIT) {
      unknown++;
    } else if (now - began > patience.toNanos()) {
      late++;
    } else if (code == Code.OK) {
      passed.add(new AnyWindow.Passed(began, now));
    } else {
      refused++;
    }
  }

  synchronized Result result() {
    return new Result(
        key, passed.size(), refused, late, unknown, AnyWindow.excess(passed, key.perSecond()));
  }
}
