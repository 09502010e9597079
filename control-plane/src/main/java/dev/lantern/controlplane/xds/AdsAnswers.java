package dev.lantern.controlplane.xds;

import dev.lantern.controlplane.topology.Group;
import io.envoyproxy.controlplane.server.DiscoveryServerCallbacks;
import io.envoyproxy.controlplane.server.exception.RequestException;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.grpc.Status;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Writes the library's streams into the [Ledger], and keeps it from spinning.
///
/// A resource refused at a node's first fetch is sent again at once by the library, more than a
/// thousand times a second; each refusal therefore waits [#NACK_PAUSE] on that stream's own virtual
/// thread.
final class AdsAnswers implements DiscoveryServerCallbacks {
  static final Duration NACK_PAUSE = Duration.ofMillis(500);
  private static final int MOST_UNANSWERED = 256;

  private record Sent(ResourceKind kind, Map<String, String> versions) {}

  private static final class Stream {
    private final Group group;
    private final String nodeId;
    private final Map<String, Sent> unanswered =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Sent> eldest) {
            return size() > MOST_UNANSWERED;
          }
        };

    Stream(Group group, String nodeId) {
      this.group = group;
      this.nodeId = nodeId;
    }

    synchronized void sent(String nonce, Sent sent) {
      unanswered.put(nonce, sent);
    }

    synchronized Optional<Sent> answered(String nonce) {
      return Optional.ofNullable(unanswered.remove(nonce));
    }
  }

  private final Ledger ledger;
  private final Map<Long, Stream> streams = new ConcurrentHashMap<>();

  AdsAnswers(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public void onV3StreamRequest(long streamId, DiscoveryRequest request) throws RequestException {
    throw new RequestException(Status.UNIMPLEMENTED.withDescription("delta only"));
  }

  @Override
  public void onV3StreamDeltaRequest(long streamId, DeltaDiscoveryRequest request)
      throws RequestException {
    Stream stream = streams.get(streamId);
    if (stream == null) {
      Group group =
          Group.of(request.getNode().getCluster())
              .orElseThrow(
                  () -> new RequestException(Status.INVALID_ARGUMENT.withDescription("group")));
      stream = new Stream(group, request.getNode().getId());
      streams.put(streamId, stream);
      ledger.opened(group, stream.nodeId);
    }
    answered(stream, request);
  }

  private void answered(Stream stream, DeltaDiscoveryRequest request) {
    Optional<Sent> answered = stream.answered(request.getResponseNonce());
    if (answered.isEmpty()) {
      return;
    }
    Sent sent = answered.get();
    if (request.hasErrorDetail()) {
      String error = request.getErrorDetail().getMessage();
      blamed(sent, error)
          .forEach((name, version) ->
              ledger.refused(stream.group, stream.nodeId, sent.kind(), name, version, error));
      pause();
    } else {
      sent.versions()
          .forEach((name, version) ->
              ledger.acknowledged(stream.group, stream.nodeId, sent.kind(), name, version));
    }
  }

  /// Envoy refuses a response as a whole; its message names the resource, mostly.
  private static Map<String, String> blamed(Sent sent, String error) {
    var named = new HashMap<>(sent.versions());
    named.keySet().removeIf(name -> !error.contains(name));
    return named.isEmpty() ? sent.versions() : named;
  }

  @Override
  public void onV3StreamDeltaResponse(
      long streamId, DeltaDiscoveryRequest request, DeltaDiscoveryResponse response) {
    Stream stream = streams.get(streamId);
    Optional<ResourceKind> kind = ResourceKind.of(response.getTypeUrl());
    if (stream == null || kind.isEmpty()) {
      return;
    }
    var versions = new HashMap<String, String>();
    for (Resource resource : response.getResourcesList()) {
      versions.put(resource.getName(), resource.getVersion());
      ledger.sent(
          stream.group, stream.nodeId, kind.get(), resource.getName(), resource.getVersion());
    }
    for (String name : response.getRemovedResourcesList()) {
      ledger.removed(stream.group, stream.nodeId, kind.get(), name);
    }
    stream.sent(response.getNonce(), new Sent(kind.get(), versions));
  }

  @Override
  public void onStreamClose(long streamId, String typeUrl) {
    closed(streamId);
  }

  @Override
  public void onStreamCloseWithError(long streamId, String typeUrl, Throwable error) {
    closed(streamId);
  }

  private void closed(long streamId) {
    Stream stream = streams.remove(streamId);
    if (stream != null) {
      ledger.closed(stream.group, stream.nodeId);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(NACK_PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
