package dev.lantern.controlplane.ratelimit.serve;

import dev.lantern.controlplane.ratelimit.decide.Limiter;
import dev.lantern.controlplane.ratelimit.decide.Verdict;
import dev.lantern.controlplane.ratelimit.decide.Waiter;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.Code;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.DescriptorStatus;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One request on its way through its rules, one after the other: frequencies first, and no further
/// than the first that refuses. So who is over their own limit takes nothing from everybody's; and
/// when one is already known to refuse, nothing is taken at all.
///
/// What was taken before a later rule refused is given back: a limit of everybody's that is full
/// costs nobody their own. A refund that is lost with its request is lost; the limit is stricter
/// then.
///
/// A rule that nobody can decide does not keep the others from it: whoever is over one of them is
/// refused, and what they allow is counted, since the gateway lets the call through.
///
/// Never blocks: where a verdict has to wait, whoever brings it goes on from there.
final class Decision implements Waiter {
  private static final DescriptorStatus UNLIMITED =
      DescriptorStatus.newBuilder().setCode(Code.OK).build();
  private static final int NEAR_PARTS = 5;

  private final Limiter limiter;
  private final Answer answer;
  private final List<Wanted> wanted;
  private final DescriptorStatus[] statuses;
  private final long begunNanos;
  private final boolean[] taken;
  private @Nullable ActiveRule undecided;
  private int at;

  /// Who hears what came of it, once.
  interface Answer {
    void decided(RateLimitResponse response);

    /// This rule could not be decided, and no other refuses.
    void unknown(ActiveRule rule);
  }

  /// @param wanted in the order in which they are to be decided
  /// @param descriptors how many the request had
  Decision(Limiter limiter, List<Wanted> wanted, int descriptors, Answer answer) {
    this.limiter = limiter;
    this.answer = answer;
    this.wanted = wanted;
    this.statuses = new DescriptorStatus[descriptors];
    this.begunNanos = limiter.now();
    this.taken = new boolean[wanted.size()];
    Arrays.fill(statuses, UNLIMITED);
  }

  void begin() {
    if (wanted.size() > 1) {
      for (Wanted one : wanted) {
        boolean refuses = !one.back() && !one.rule().rule().shadow();
        if (refuses && limiter.isFull(one.key(), one.rule().meter())) {
          wanted.remove(one);
          wanted.addFirst(one);
          break;
        }
      }
    }
    goOn();
  }

  @Override
  public void decided(Verdict verdict) {
    if (heard(at++, verdict)) {
      goOn();
    }
  }

  private void goOn() {
    while (at < wanted.size()) {
      Wanted one = wanted.get(at);
      if (one.back()) {
        giveBack(one);
        at++;
        continue;
      }
      // Nothing of this object may be touched after a null: the other thread has it.
      Verdict verdict = limiter.take(one.key(), one.rule().meter(), one.hits(), begunNanos, this);
      if (verdict == null) {
        return;
      }
      if (!heard(at++, verdict)) {
        return;
      }
    }
    if (undecided != null) {
      answer.unknown(undecided);
    } else {
      answer.decided(response(Code.OK).build());
    }
  }

  private RateLimitResponse.Builder response(Code code) {
    return RateLimitResponse.newBuilder()
        .setOverallCode(code)
        .addAllStatuses(Arrays.asList(statuses));
  }

  private void giveBack(Wanted one) {
    if (limiter.giveBack(one.key(), one.rule().meter(), one.hits())) {
      one.rule().tally().givenBack().add(one.hits());
    }
  }

  /// Whether it goes on.
  private boolean heard(int place, Verdict verdict) {
    Wanted one = wanted.get(place);
    return switch (verdict) {
      case Verdict.Allowed allowed -> {
        taken[place] = one.hits() > 0;
        allowed(one, allowed);
        yield true;
      }
      case Verdict.Over over -> over(one, over);
      case Verdict.Unknown _ -> {
        unknown(one);
        yield true;
      }
    };
  }

  private void allowed(Wanted one, Verdict.Allowed allowed) {
    Tally tally = one.rule().tally();
    tally.allowed().increment();
    if (allowed.remaining() * NEAR_PARTS < one.rule().meter().hits()) {
      tally.near().increment();
    }
    status(one, Code.OK, allowed.remaining(), allowed.emptyMicros());
  }

  private boolean over(Wanted one, Verdict.Over over) {
    if (one.rule().rule().shadow()) {
      one.rule().tally().wouldRefuse().increment();
      status(one, Code.OK, 0, over.emptyMicros());
      return true;
    }
    one.rule().tally().refused().increment();
    status(one, Code.OVER_LIMIT, 0, over.emptyMicros());
    giveBackWhatWasTaken();
    answer.decided(
        response(Code.OVER_LIMIT).addAllResponseHeadersToAdd(headers(one, over)).build());
    return false;
  }

  private static List<HeaderValue> headers(Wanted one, Verdict.Over over) {
    Refusals refusals = one.rule().refusals();
    return one.hits() > one.rule().meter().atOnce()
        ? refusals.never()
        : refusals.after(over.waitMicros());
  }

  private void giveBackWhatWasTaken() {
    for (int i = 0; i < taken.length; i++) {
      if (taken[i]) {
        giveBack(wanted.get(i));
      }
    }
  }

  private void unknown(Wanted one) {
    one.rule().tally().unknown().increment();
    if (undecided == null && !one.rule().rule().shadow()) {
      undecided = one.rule();
    }
  }

  private void status(Wanted one, Code code, long remaining, long emptyMicros) {
    statuses[one.place()] =
        DescriptorStatus.newBuilder()
            .setCode(code)
            .setCurrentLimit(one.rule().limit())
            .setLimitRemaining((int) Math.min(Integer.MAX_VALUE, remaining))
            .setDurationUntilReset(duration(emptyMicros))
            .build();
  }

  private static com.google.protobuf.Duration duration(long micros) {
    long seconds = TimeUnit.MICROSECONDS.toSeconds(micros);
    long rest = micros - TimeUnit.SECONDS.toMicros(seconds);
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(seconds)
        .setNanos((int) TimeUnit.MICROSECONDS.toNanos(rest))
        .build();
  }
}
