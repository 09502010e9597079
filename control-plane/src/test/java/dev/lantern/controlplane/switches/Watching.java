package dev.lantern.controlplane.switches;

import dev.lantern.mesh.v1.WatchSwitchesResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.List;

/// A service that watches: it takes messages while it is ready.
final class Watching extends ServerCallStreamObserver<WatchSwitchesResponse> {
  final List<WatchSwitchesResponse> told = new ArrayList<>();
  boolean ready = true;

  /// Runs while the watcher is about to be one, its first message made.
  Runnable onJoin = () -> {};

  private Runnable onReady = () -> {};

  void ready() {
    ready = true;
    onReady.run();
  }

  WatchSwitchesResponse last() {
    return told.getLast();
  }

  @Override
  public void onNext(WatchSwitchesResponse message) {
    told.add(message);
  }

  @Override
  public boolean isReady() {
    return ready;
  }

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public void setOnReadyHandler(Runnable handler) {
    onReady = handler;
  }

  @Override
  public void setOnCancelHandler(Runnable handler) {
    onJoin.run();
  }

  @Override
  public void onError(Throwable cause) {}

  @Override
  public void onCompleted() {}

  @Override
  public void setCompression(String compression) {}

  @Override
  public void disableAutoInboundFlowControl() {}

  @Override
  public void request(int count) {}

  @Override
  public void setMessageCompression(boolean enable) {}
}
