package dev.lantern.controlplane.limits;

import com.google.protobuf.util.Timestamps;
import dev.lantern.common.v1.Reason;
import dev.lantern.controlplane.policy.Policy;
import dev.lantern.controlplane.policy.Revision;
import dev.lantern.controlplane.ratelimit.rule.LimitRule;
import dev.lantern.controlplane.ratelimit.rule.RuleMessages;
import dev.lantern.mesh.v1.LimitServiceGrpc;
import dev.lantern.mesh.v1.Limiter;
import dev.lantern.mesh.v1.ListLimitersRequest;
import dev.lantern.mesh.v1.ListLimitersResponse;
import dev.lantern.mesh.v1.WatchLimitsRequest;
import dev.lantern.mesh.v1.WatchLimitsResponse;
import dev.lantern.runtime.errors.Refused;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells limiters their rules, and remembers what each says it runs.
///
/// Nothing is told before there is a policy: a limiter that asks early keeps what it has.
public final class LimitFeed extends LimitServiceGrpc.LimitServiceImplBase {
  private static final Logger LOG = LoggerFactory.getLogger(LimitFeed.class);
  private static final int MOST_WATCHERS = 64;

  private final InstantSource clock;
  private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
  private final Standings standings = new Standings();
  private volatile WatchLimitsResponse newest = WatchLimitsResponse.getDefaultInstance();

  /// What each should run: the policy's revision, even if its limits cannot be told.
  private volatile long wanted;

  public LimitFeed(InstantSource clock) {
    this.clock = clock;
  }

  /// These are the rules from now on.
  public void policy(Revision revision, Policy policy) {
    wanted = revision.number();
    try {
      rules(revision.number(), LimitRules.of(policy));
    } catch (IllegalArgumentException e) {
      // What cannot be counted is refused before it is applied. Should it come so far, the mesh
      // runs
      // the rest, and every limiter is shown to be behind.
      LOG.error("the limits of revision {} are not told", revision.number(), e);
    }
  }

  /// These are the rules of that revision.
  void rules(long revision, List<LimitRule> rules) {
    wanted = revision;
    newest = RuleMessages.told(revision, rules);
    stayInTouch();
  }

  /// Says the same again to everybody.
  public void stayInTouch() {
    if (newest.getRevision() > 0) {
      watchers.forEach(watcher -> watcher.tell(newest));
    }
  }

  @Override
  public StreamObserver<WatchLimitsRequest> watchLimits(StreamObserver<WatchLimitsResponse> out) {
    if (watchers.size() >= MOST_WATCHERS) {
      throw Refused.of(Reason.REASON_LIMITED, "as many limiters watch as may")
          .rule("limit-watchers");
    }
    var call = (ServerCallStreamObserver<WatchLimitsResponse>) out;
    var watcher = new Watcher(call);
    var heard = new Heard(watcher, call);
    call.setOnCancelHandler(heard::gone);
    call.setOnReadyHandler(watcher::flush);
    watchers.add(watcher);
    if (newest.getRevision() > 0) {
      watcher.tell(newest);
    }
    return heard;
  }

  @Override
  public void listLimiters(ListLimitersRequest request, StreamObserver<ListLimitersResponse> out) {
    var response = ListLimitersResponse.newBuilder().setRevision(wanted);
    for (Standings.Standing one : standings.all()) {
      response.addLimiters(
          Limiter.newBuilder()
              .setName(one.name())
              .setConnected(one.connected())
              .setRevision(one.revision())
              .setError(one.error())
              .setUpdateTime(Timestamps.fromMillis(one.at().toEpochMilli())));
    }
    out.onNext(response.build());
    out.onCompleted();
  }

  private final class Heard implements StreamObserver<WatchLimitsRequest> {
    private final Watcher watcher;
    private final ServerCallStreamObserver<WatchLimitsResponse> call;
    private volatile String name = "";

    Heard(Watcher watcher, ServerCallStreamObserver<WatchLimitsResponse> call) {
      this.watcher = watcher;
      this.call = call;
    }

    @Override
    public void onNext(WatchLimitsRequest said) {
      if (!said.getError().isEmpty()) {
        LOG.warn("limiter {} does not run the newest: {}", said.getLimiter(), said.getError());
      }
      name = said.getLimiter();
      standings.heard(
          new Standings.Standing(name, true, said.getRevision(), said.getError(), clock.instant()));
    }

    @Override
    public void onError(Throwable failure) {
      gone();
    }

    @Override
    public void onCompleted() {
      gone();
      call.onCompleted();
    }

    void gone() {
      watchers.remove(watcher);
      standings.gone(name, clock.instant());
    }
  }
}
