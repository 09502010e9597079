package dev.lantern.runtime.server;

import dev.lantern.runtime.identity.Certificates;
import dev.lantern.runtime.identity.SpiffeId;
import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Metadata;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// Who is verified to be on the other side of a call's connection; empty: nobody is.
@FunctionalInterface
public interface PeerSource {

  Optional<SpiffeId> peer(Attributes connection, Metadata headers);

  /// The SPIFFE id in the certificate that TLS verified; the one source outside tests.
  static PeerSource certificate() {
    return (connection, _) -> fromSession(connection.get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
  }

  private static Optional<SpiffeId> fromSession(@Nullable SSLSession session) {
    if (session == null) {
      return Optional.empty();
    }
    try {
      Certificate[] chain = session.getPeerCertificates();
      return chain[0] instanceof X509Certificate leaf
          ? Certificates.spiffeId(leaf)
          : Optional.empty();
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }
}
