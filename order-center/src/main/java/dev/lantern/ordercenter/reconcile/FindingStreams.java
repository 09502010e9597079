package dev.lantern.ordercenter.reconcile;

import dev.lantern.common.v1.Reason;
import dev.lantern.order.v1.WatchFindingsResponse;
import dev.lantern.ordercenter.order.Times;
import dev.lantern.runtime.errors.Refused;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// Who watches findings. [#tick] looks once a second for what has changed and tells every watcher
/// that is ready; one that is not ready is told the newest state later.
///
/// A change is seen up to [#OVERLAP] after the instant it carries, so each look goes back so far
/// and what was told already is left out by its seq.
public final class FindingStreams implements AutoCloseable {
  static final int MOST = 16;
  static final int AT_ONCE = 1_000;
  private static final int MOST_PAGES = 100;
  private static final long BEFORE_ALL = -1;
  private static final Duration OVERLAP = Duration.ofSeconds(10);

  private final Changes findings;
  private final InstantSource clock;
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

  /// What has changed: [FindingStore#changedSince].
  @FunctionalInterface
  public interface Changes {
    List<Finding> since(Instant instant, long afterId, int limit);
  }

  public FindingStreams(Changes findings, InstantSource clock) {
    this.findings = findings;
    this.clock = clock;
  }

  void watch(Filter filter, StreamObserver<WatchFindingsResponse> observer) {
    if (watchers.size() >= MOST) {
      throw Refused.of(Reason.REASON_LIMITED, "at most " + MOST + " watch at once")
          .rule("finding-watchers");
    }
    var call = (ServerCallStreamObserver<WatchFindingsResponse>) observer;
    Watcher watcher = new Watcher(filter, call, Times.toMicros(clock.instant()));
    call.setOnCancelHandler(() -> watchers.remove(watcher));
    watchers.add(watcher);
  }

  /// Tells what has changed; called about once a second by one thread.
  public void tick() {
    if (watchers.isEmpty()) {
      return;
    }
    Instant since =
        watchers.stream().map(w -> w.since).min(Instant::compareTo).orElseThrow().minus(OVERLAP);
    List<Finding> changed = changedSince(since);
    watchers.removeIf(watcher -> watcher.call.isCancelled());
    watchers.forEach(watcher -> watcher.tell(changed));
  }

  /// Page by page until a short one: a pass may change more in an instant than a page holds.
  private List<Finding> changedSince(Instant since) {
    List<Finding> changed = new ArrayList<>(findings.since(since, BEFORE_ALL, AT_ONCE));
    int size = changed.size();
    for (int page = 1; size == AT_ONCE && page < MOST_PAGES; page++) {
      Finding last = changed.getLast();
      List<Finding> next = findings.since(last.changed(), last.id(), AT_ONCE);
      changed.addAll(next);
      size = next.size();
    }
    return changed;
  }

  @Override
  public void close() {
    List<Watcher> all = new ArrayList<>(watchers);
    watchers.clear();
    all.forEach(watcher -> watcher.call.onCompleted());
  }

  private static final class Watcher {
    private final Filter filter;
    private final ServerCallStreamObserver<WatchFindingsResponse> call;
    private final Map<Long, Long> told = new HashMap<>();
    private final Instant begun;
    private Instant since;

    Watcher(Filter filter, ServerCallStreamObserver<WatchFindingsResponse> call, Instant begun) {
      this.filter = filter;
      this.call = call;
      this.begun = begun;
      this.since = begun;
    }

    void tell(List<Finding> changed) {
      for (Finding finding : changed) {
        boolean news =
            !finding.changed().isBefore(begun)
                && told.getOrDefault(finding.id(), -1L) < finding.seq();
        if (news && !call.isReady()) {
          return;
        }
        if (news && filter.matches(finding)) {
          call.onNext(
              WatchFindingsResponse.newBuilder()
                  .setFinding(FindingMessages.proto(finding))
                  .build());
        }
        told.put(finding.id(), finding.seq());
        since = finding.changed().isAfter(since) ? finding.changed() : since;
      }
      told.keySet().retainAll(changed.stream().map(Finding::id).toList());
    }
  }
}
