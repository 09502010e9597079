package dev.lantern.controlplane.limits;

import dev.lantern.mesh.v1.WatchLimitsResponse;
import io.grpc.stub.ServerCallStreamObserver;

/// A limiter that watches. Each message is whole, so a slow reader is owed the newest only.
final class Watcher {
  private final ServerCallStreamObserver<WatchLimitsResponse> out;
  private WatchLimitsResponse newest = WatchLimitsResponse.getDefaultInstance();
  private boolean owed;

  Watcher(ServerCallStreamObserver<WatchLimitsResponse> out) {
    this.out = out;
  }

  synchronized void tell(WatchLimitsResponse message) {
    newest = message;
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
