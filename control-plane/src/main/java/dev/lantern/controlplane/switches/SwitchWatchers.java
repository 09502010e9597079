package dev.lantern.controlplane.switches;

import dev.lantern.mesh.v1.WatchSwitchesResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The services that watch. Each message is whole, so a slow reader is owed the newest only.
final class SwitchWatchers {
  private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();

  private static final class Watcher {
    private final ServerCallStreamObserver<WatchSwitchesResponse> out;
    private boolean owed;
    private WatchSwitchesResponse newest;

    Watcher(ServerCallStreamObserver<WatchSwitchesResponse> out, WatchSwitchesResponse first) {
      this.out = out;
      this.newest = first;
    }

    synchronized void tell(WatchSwitchesResponse message) {
      newest = message;
      owed = true;
      flush();
    }

    synchronized void again() {
      owed = true;
      flush();
    }

    synchronized void flush() {
      if (owed && out.isReady() && !out.isCancelled()) {
        owed = false;
        out.onNext(newest);
      }
    }
  }

  void add(ServerCallStreamObserver<WatchSwitchesResponse> out, WatchSwitchesResponse now) {
    var watcher = new Watcher(out, now);
    out.setOnCancelHandler(() -> watchers.remove(watcher));
    out.setOnReadyHandler(watcher::flush);
    watchers.add(watcher);
    watcher.tell(now);
  }

  void tell(WatchSwitchesResponse message) {
    watchers.forEach(watcher -> watcher.tell(message));
  }

  /// Tells each what it was told last: a message made anew, but not under the lock that orders
  /// changes, could be an old word after a new one.
  void again() {
    watchers.forEach(Watcher::again);
  }

  int count() {
    return watchers.size();
  }
}
