package dev.lantern.controlplane.xds;

import com.google.protobuf.Any;
import dev.lantern.controlplane.topology.Group;
import dev.lantern.controlplane.xds.Feed.Versioned;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.grpc.stub.StreamObserver;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// One Envoy's stream of one [Feed]. All state is guarded by the stream itself.
final class FeedStream implements StreamObserver<DeltaDiscoveryRequest> {
  private final Feed feed;
  private final ResourceKind kind;
  private final Ledger ledger;
  private final Group group;
  private final StreamObserver<DeltaDiscoveryResponse> out;
  private final Consumer<FeedStream> onEnd;

  private final Set<String> wanted = new HashSet<>();
  private final Map<String, String> has = new HashMap<>();
  private final Map<String, Map<String, String>> unanswered = new LinkedHashMap<>();
  private String nodeId = "";
  private long nonces;
  private boolean ended;

  FeedStream(
      Feed feed,
      ResourceKind kind,
      Ledger ledger,
      Group group,
      StreamObserver<DeltaDiscoveryResponse> out,
      Consumer<FeedStream> onEnd) {
    this.feed = feed;
    this.kind = kind;
    this.ledger = ledger;
    this.group = group;
    this.out = out;
    this.onEnd = onEnd;
  }

  @Override
  public synchronized void onNext(DeltaDiscoveryRequest request) {
    if (nodeId.isEmpty()) {
      nodeId = request.getNode().getId();
      ledger.opened(group, nodeId);
    }
    answered(request);
    has.putAll(request.getInitialResourceVersionsMap());
    wanted.addAll(request.getResourceNamesSubscribeList());
    request.getInitialResourceVersionsMap().forEach(this::held);
    for (String name : request.getResourceNamesUnsubscribeList()) {
      wanted.remove(name);
      has.remove(name);
      ledger.removed(group, nodeId, kind, name);
    }
    send();
  }

  /// The group's resources may have changed.
  synchronized void offer(Group changed) {
    if (changed == group && !ended && !nodeId.isEmpty()) {
      send();
    }
  }

  private void held(String name, String version) {
    wanted.add(name);
    ledger.held(group, nodeId, kind, name, version);
  }

  private void answered(DeltaDiscoveryRequest request) {
    Map<String, String> sent = unanswered.remove(request.getResponseNonce());
    if (sent == null) {
      return;
    }
    if (request.hasErrorDetail()) {
      String error = request.getErrorDetail().getMessage();
      sent.forEach((name, version) -> ledger.refused(group, nodeId, kind, name, version, error));
    } else {
      sent.forEach((name, version) -> ledger.acknowledged(group, nodeId, kind, name, version));
    }
  }

  private void send() {
    if (!feed.knows(group)) {
      return;
    }
    Map<String, Versioned> current = feed.current(group);
    var response = DeltaDiscoveryResponse.newBuilder().setTypeUrl(kind.typeUrl());
    var sent = new HashMap<String, String>();
    for (String name : wanted) {
      Versioned now = current.get(name);
      if (now == null) {
        if (has.remove(name) != null) {
          response.addRemovedResources(name);
          ledger.removed(group, nodeId, kind, name);
        }
      } else if (!now.version().equals(has.get(name))) {
        response.addResources(
            Resource.newBuilder()
                .setName(name)
                .setVersion(now.version())
                .setResource(Any.pack(now.resource())));
        has.put(name, now.version());
        sent.put(name, now.version());
        ledger.sent(group, nodeId, kind, name, now.version());
      }
    }
    if (response.getResourcesCount() + response.getRemovedResourcesCount() > 0) {
      String nonce = Long.toString(++nonces);
      unanswered.put(nonce, sent);
      out.onNext(response.setNonce(nonce).build());
    }
  }

  @Override
  public void onError(Throwable cause) {
    end();
  }

  @Override
  public void onCompleted() {
    if (end()) {
      out.onCompleted();
    }
  }

  private synchronized boolean end() {
    if (ended) {
      return false;
    }
    ended = true;
    onEnd.accept(this);
    if (!nodeId.isEmpty()) {
      ledger.closed(group, nodeId);
    }
    return true;
  }
}
