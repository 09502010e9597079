package dev.lantern.controlplane.xds;

import dev.lantern.controlplane.topology.Group;
import dev.lantern.runtime.identity.Certificates;
import dev.lantern.runtime.identity.SpiffeId;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/// An Envoy gets its own group's resources and no other's: the group it claims must be the one that
/// its certificate proves. Private keys go over these streams.
final class NodeGate implements ServerInterceptor {
  private static final Context.Key<Group> GROUP = Context.key("group");

  /// The group of the Envoy that is calling.
  static Group group() {
    Group group = GROUP.get();
    if (group == null) {
      throw new IllegalStateException("not inside a call of an Envoy");
    }
    return group;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Optional<Group> proven = proven(call);
    if (proven.isEmpty()) {
      call.close(Status.PERMISSION_DENIED.withDescription("not an Envoy of ours"), new Metadata());
      return new ServerCall.Listener<>() {};
    }
    Group group = proven.get();
    var listener =
        Contexts.interceptCall(Context.current().withValue(GROUP, group), call, headers, next);
    return new SimpleForwardingServerCallListener<>(listener) {
      private boolean refused;

      @Override
      public void onMessage(Q message) {
        if (message instanceof DeltaDiscoveryRequest request
            && request.hasNode()
            && !request.getNode().getCluster().equals(group.label())) {
          refused = true;
          call.close(
              Status.PERMISSION_DENIED.withDescription("the certificate is not of that group"),
              new Metadata());
        }
        if (!refused) {
          super.onMessage(message);
        }
      }
    };
  }

  private static Optional<Group> proven(ServerCall<?, ?> call) {
    SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
    if (session == null) {
      return Optional.empty();
    }
    try {
      if (session.getPeerCertificates()[0] instanceof X509Certificate certificate) {
        return Certificates.spiffeId(certificate).map(SpiffeId::name).flatMap(NodeGate::named);
      }
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static Optional<Group> named(String identity) {
    for (Group group : Group.values()) {
      if (group.identity().equals(identity)) {
        return Optional.of(group);
      }
    }
    return Optional.empty();
  }
}
