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
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This process's identity on the wire, for its server and its channels; reloads its files while
/// open.
///
/// Who the other side is, is decided by the SPIFFE id in its certificate, not by a host name:
/// processes move.
public final class TlsIdentity implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TlsIdentity.class);

  private final TlsConfig config;
  private final AdvancedTlsX509KeyManager keys = new AdvancedTlsX509KeyManager();
  private final List<AdvancedTlsX509TrustManager> trusts = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService reloader =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("tls-reload").factory());
  private Stamps seen;

  private TlsIdentity(TlsConfig config) throws IOException, GeneralSecurityException {
    this.config = config;
    this.seen = Stamps.of(config);
    keys.updateIdentityCredentials(config.certificate().toFile(), config.key().toFile());
  }

  /// Reads the files; throws [IllegalStateException] when they are missing or not usable.
  public static TlsIdentity open(TlsConfig config) {
    try {
      var identity = new TlsIdentity(config);
      identity.watch();
      return identity;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("cannot use " + config.certificate() + ": " + e, e);
    }
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
      trust.updateTrustCredentials(config.ca().toFile());
      trusts.add(trust);
      return trust;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("cannot use " + config.ca() + ": " + e, e);
    }
  }

  // Not by the managers' own reloading, which is never sooner than a minute.
  private void watch() {
    long millis = config.reload().toMillis();
    var _ = reloader.scheduleWithFixedDelay(this::reload, millis, millis, TimeUnit.MILLISECONDS);
  }

  private void reload() {
    try {
      Stamps now = Stamps.of(config);
      // A new certificate belongs to a new key: wait until both are there.
      if (!now.certificate().equals(seen.certificate()) && !now.key().equals(seen.key())) {
        keys.updateIdentityCredentials(config.certificate().toFile(), config.key().toFile());
        seen = new Stamps(now.certificate(), now.key(), seen.ca());
        LOG.info("{} was renewed", config.certificate());
      }
      if (!now.ca().equals(seen.ca())) {
        for (AdvancedTlsX509TrustManager trust : trusts) {
          trust.updateTrustCredentials(config.ca().toFile());
        }
        seen = new Stamps(seen.certificate(), seen.key(), now.ca());
        LOG.info("{} was renewed", config.ca());
      }
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      LOG.warn("certificates cannot be read again; the old ones stay in use", e);
    }
  }

  /// When each file was last changed.
  private record Stamps(FileTime certificate, FileTime key, FileTime ca) {
    static Stamps of(TlsConfig config) throws IOException {
      return new Stamps(
          Files.getLastModifiedTime(config.certificate()),
          Files.getLastModifiedTime(config.key()),
          Files.getLastModifiedTime(config.ca()));
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
