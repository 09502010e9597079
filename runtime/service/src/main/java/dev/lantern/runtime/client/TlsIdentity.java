package dev.lantern.runtime.client;

import dev.lantern.runtime.identity.Certificates;
import dev.lantern.runtime.identity.SpiffeId;
import io.grpc.ChannelCredentials;
import io.grpc.ServerCredentials;
import io.grpc.TlsChannelCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import io.grpc.util.AdvancedTlsX509TrustManager.SslSocketAndEnginePeerVerifier;
import io.grpc.util.AdvancedTlsX509TrustManager.Verification;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;

/// This process's identity on the wire, for its server and its channels; reloads its files while
/// open.
///
/// Who the other side is, is decided by the SPIFFE id in its certificate, not by a host name:
/// processes move.
public final class TlsIdentity implements AutoCloseable {

  private final TlsConfig config;
  private final ScheduledExecutorService reloader;
  private final AdvancedTlsX509KeyManager keys;

  private TlsIdentity(
      TlsConfig config, ScheduledExecutorService reloader, AdvancedTlsX509KeyManager keys) {
    this.config = config;
    this.reloader = reloader;
    this.keys = keys;
  }

  /// Reads the files; throws [IllegalStateException] when they are missing or not usable.
  public static TlsIdentity open(TlsConfig config) {
    ScheduledExecutorService reloader =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("tls-reload").factory());
    var keys = new AdvancedTlsX509KeyManager();
    try {
      var _ =
          keys.updateIdentityCredentials(
              config.certificate().toFile(),
              config.key().toFile(),
              config.reload().toMillis(),
              TimeUnit.MILLISECONDS,
              reloader);
    } catch (IOException | GeneralSecurityException e) {
      reloader.shutdownNow();
      throw new IllegalStateException("cannot use " + config.certificate() + ": " + e, e);
    }
    return new TlsIdentity(config, reloader, keys);
  }

  /// For a server: clients must show a certificate of the authority.
  public ServerCredentials server() {
    return TlsServerCredentials.newBuilder()
        .keyManager(keys)
        .trustManager(trust(AnyPeer.INSTANCE))
        .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
        .build();
  }

  /// For a channel: the server must be one of these processes.
  public ChannelCredentials channel(Set<String> peers) {
    return TlsChannelCredentials.newBuilder()
        .keyManager(keys)
        .trustManager(trust(new OneOf(peers)))
        .build();
  }

  @Override
  public void close() {
    reloader.shutdownNow();
  }

  private AdvancedTlsX509TrustManager trust(SslSocketAndEnginePeerVerifier verifier) {
    try {
      var trust =
          AdvancedTlsX509TrustManager.newBuilder()
              .setVerification(Verification.CERTIFICATE_ONLY_VERIFICATION)
              .setSslSocketAndEnginePeerVerifier(verifier)
              .build();
      var _ =
          trust.updateTrustCredentials(
              config.ca().toFile(), config.reload().toMillis(), TimeUnit.MILLISECONDS, reloader);
      return trust;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("cannot use " + config.ca() + ": " + e, e);
    }
  }

  private static final class AnyPeer implements SslSocketAndEnginePeerVerifier {
    static final AnyPeer INSTANCE = new AnyPeer();

    @Override
    public void verifyPeerCertificate(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void verifyPeerCertificate(X509Certificate[] chain, String authType, SSLEngine engine) {}
  }

  private record OneOf(Set<String> peers) implements SslSocketAndEnginePeerVerifier {

    OneOf {
      peers = Set.copyOf(peers);
    }

    @Override
    public void verifyPeerCertificate(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void verifyPeerCertificate(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      check(chain);
    }

    private void check(X509Certificate[] chain) throws CertificateException {
      var id = Certificates.spiffeId(chain[0]);
      if (id.map(SpiffeId::name).filter(peers::contains).isEmpty()) {
        throw new CertificateException("the server is " + id + ", not one of " + peers);
      }
    }
  }
}
