package dev.lantern.controlplane.xds;

import com.google.protobuf.Message;
import dev.lantern.controlplane.topology.Group;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.stub.StreamObserver;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// One kind of resource over delta streams of its own: what the library does not serve.
///
/// A resource goes to a stream when the stream asks for its name and has not that version. A
/// version that was refused is not sent again; the next one is. An Envoy that comes back says what
/// it has, and gets only what differs.
public final class Feed {
  /// A resource and the version that its bytes give it.
  record Versioned(String version, Message resource) {}

  private final ResourceKind kind;
  private final Ledger ledger;
  private final Map<Group, Map<String, Versioned>> resources = new EnumMap<>(Group.class);
  private final Set<FeedStream> streams = ConcurrentHashMap.newKeySet();

  public Feed(ResourceKind kind, Ledger ledger) {
    this.kind = kind;
    this.ledger = ledger;
  }

  /// Replaces a group's resources and sends what changed; returns when every stream has it queued.
  public void set(Group group, Map<String, ? extends Message> now) {
    Map<String, Versioned> versioned =
        now.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, e -> new Versioned(Version.of(e.getValue()), e.getValue())));
    synchronized (this) {
      resources.put(group, versioned);
    }
    streams.forEach(stream -> stream.offer(group));
  }

  /// The versions in force, by name.
  public Map<String, String> versions(Group group) {
    return current(group).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().version()));
  }

  synchronized Map<String, Versioned> current(Group group) {
    return resources.getOrDefault(group, Map.of());
  }

  /// Whether the group's resources are known yet. Until then a stream waits: to an Envoy that comes
  /// back, "nothing" would mean that all it has is gone.
  synchronized boolean knows(Group group) {
    return resources.containsKey(group);
  }

  StreamObserver<DeltaDiscoveryRequest> open(
      Group group, StreamObserver<DeltaDiscoveryResponse> out) {
    var stream = new FeedStream(this, kind, ledger, group, out, streams::remove);
    streams.add(stream);
    return stream;
  }
}
