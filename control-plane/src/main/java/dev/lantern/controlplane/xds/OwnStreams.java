package dev.lantern.controlplane.xds;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.extension.v3.ExtensionConfigDiscoveryServiceGrpc.ExtensionConfigDiscoveryServiceImplBase;
import io.envoyproxy.envoy.service.runtime.v3.RuntimeDiscoveryServiceGrpc.RuntimeDiscoveryServiceImplBase;
import io.grpc.BindableService;
import io.grpc.stub.StreamObserver;

/// The services that the library does not have, each a [Feed].
final class OwnStreams {
  private OwnStreams() {}

  static BindableService runtime(Feed feed) {
    return new RuntimeDiscoveryServiceImplBase() {
      @Override
      public StreamObserver<DeltaDiscoveryRequest> deltaRuntime(
          StreamObserver<DeltaDiscoveryResponse> out) {
        return feed.open(NodeGate.group(), out);
      }
    };
  }

  static BindableService extensions(Feed feed) {
    return new ExtensionConfigDiscoveryServiceImplBase() {
      @Override
      public StreamObserver<DeltaDiscoveryRequest> deltaExtensionConfigs(
          StreamObserver<DeltaDiscoveryResponse> out) {
        return feed.open(NodeGate.group(), out);
      }
    };
  }
}
