package dev.lantern.ordercenter;

import dev.lantern.mesh.v1.Switch;
import dev.lantern.mesh.v1.SwitchServiceGrpc;
import dev.lantern.mesh.v1.WatchSwitchesRequest;
import dev.lantern.mesh.v1.WatchSwitchesResponse;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;

/// A control plane's feed of switches. Says nothing until a switch is set.
final class TestSwitches extends SwitchServiceGrpc.SwitchServiceImplBase {
  private final List<StreamObserver<WatchSwitchesResponse>> watchers = new ArrayList<>();
  private long revision = 1;

  @Override
  public synchronized void watchSwitches(
      WatchSwitchesRequest request, StreamObserver<WatchSwitchesResponse> watcher) {
    watchers.add(watcher);
  }

  /// Tells everyone that this switch stands so, and all others at their defaults.
  synchronized void set(String name, int perTenThousand) {
    WatchSwitchesResponse said =
        WatchSwitchesResponse.newBuilder()
            .setRevision(++revision)
            .addSwitches(
                Switch.newBuilder()
                    .setName(name)
                    .setPerTenThousand(perTenThousand)
                    .setDefaultPerTenThousand(10_000))
            .build();
    watchers.forEach(watcher -> watcher.onNext(said));
  }
}
