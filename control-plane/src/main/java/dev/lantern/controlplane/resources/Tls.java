package dev.lantern.controlplane.resources;

import com.google.protobuf.BoolValue;
import dev.lantern.controlplane.topology.Identity;
import dev.lantern.controlplane.topology.Service;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsCertificate;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsParameters;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import java.util.List;

/// Who may talk to whom: certificates and trust by SDS, SPIFFE ids checked on both sides.
final class Tls {
  static final String IDENTITY = "identity";
  static final String TRUST = "trust";

  private Tls() {}

  static List<Secret> secrets(Identity identity, String trust) {
    return List.of(
        Secret.newBuilder()
            .setName(IDENTITY)
            .setTlsCertificate(
                TlsCertificate.newBuilder()
                    .setCertificateChain(inline(identity.certificateChain()))
                    .setPrivateKey(inline(identity.privateKey())))
            .build(),
        Secret.newBuilder()
            .setName(TRUST)
            .setValidationContext(
                CertificateValidationContext.newBuilder().setTrustedCa(inline(trust)))
            .build());
  }

  /// To a service: ours shown, its id demanded.
  static UpstreamTlsContext upstream(Service service) {
    return UpstreamTlsContext.newBuilder()
        .setSni(service.name())
        .setCommonTlsContext(common(uri().setMatcher(exact(service.spiffeId()))))
        .build();
  }

  /// From a service or an operator: whoever our CA vouches for with a SPIFFE id of ours.
  static DownstreamTlsContext downstream() {
    var anyOfOurs = StringMatcher.newBuilder().setPrefix("spiffe://lantern/");
    return DownstreamTlsContext.newBuilder()
        .setRequireClientCertificate(BoolValue.of(true))
        .setCommonTlsContext(common(uri().setMatcher(anyOfOurs)))
        .build();
  }

  private static CommonTlsContext common(SubjectAltNameMatcher.Builder peer) {
    return CommonTlsContext.newBuilder()
        .setTlsParams(
            TlsParameters.newBuilder()
                .setTlsMinimumProtocolVersion(TlsParameters.TlsProtocol.TLSv1_2)
                .setTlsMaximumProtocolVersion(TlsParameters.TlsProtocol.TLSv1_3))
        .addAlpnProtocols("h2")
        .addTlsCertificateSdsSecretConfigs(sds(IDENTITY))
        .setCombinedValidationContext(
            CommonTlsContext.CombinedCertificateValidationContext.newBuilder()
                .setDefaultValidationContext(
                    CertificateValidationContext.newBuilder().addMatchTypedSubjectAltNames(peer))
                .setValidationContextSdsSecretConfig(sds(TRUST)))
        .build();
  }

  private static SubjectAltNameMatcher.Builder uri() {
    return SubjectAltNameMatcher.newBuilder().setSanType(SubjectAltNameMatcher.SanType.URI);
  }

  private static StringMatcher exact(String value) {
    return StringMatcher.newBuilder().setExact(value).build();
  }

  private static SdsSecretConfig sds(String name) {
    return SdsSecretConfig.newBuilder().setName(name).setSdsConfig(Packed.ads()).build();
  }

  private static DataSource inline(String pem) {
    return DataSource.newBuilder().setInlineString(pem).build();
  }
}
