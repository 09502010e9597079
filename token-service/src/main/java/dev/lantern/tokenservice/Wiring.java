package dev.lantern.tokenservice;

import dev.lantern.runtime.client.TlsIdentity;
import dev.lantern.runtime.server.ServerConfig;
import dev.lantern.runtime.server.ServiceHost;
import dev.lantern.runtime.telemetry.Telemetry;
import dev.lantern.tokenservice.keys.KeyFolder;
import dev.lantern.tokenservice.keys.SigningKey;
import dev.lantern.tokenservice.session.SessionIssuer;
import dev.lantern.tokenservice.signing.EngineChoice;
import dev.lantern.tokenservice.signing.KeyRing;
import dev.lantern.tokenservice.signing.KeyRings;
import dev.lantern.tokenservice.token.RewardSigner;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// key files + engine → ring → signer, sessions → contract → server
final class Wiring {

  private static final String NAME = "token-service";
  private static final Logger log = LoggerFactory.getLogger(Wiring.class);

  private Wiring() {}

  /// Keys first: what cannot sign does not open a port.
  static ServiceHost start(TokenServiceConfig config) {
    InstantSource clock = InstantSource.system();
    KeyRing ring = ring(config, clock);
    ServerConfig server = config.server();
    Telemetry telemetry =
        Telemetry.start(config.telemetry(), NAME, server.host(), server.metricsPort());
    TlsIdentity identity = TlsIdentity.open(server.tls());
    return ServiceHost.builder(NAME, server, identity, telemetry)
        .access(Access.policy())
        .service(service(config, ring, telemetry, clock))
        .onStop(telemetry)
        .onStop(identity)
        .start();
  }

  static TokenService service(
      TokenServiceConfig config, KeyRing ring, Telemetry telemetry, InstantSource clock) {
    var rings =
        new KeyRings(new KeyFolder(config.keys().folder(), config.keys().createMissing()), ring);
    return new TokenService(
        rings,
        new RewardSigner(rings::now),
        new SessionIssuer(ring, config.sessions().lifetime()),
        new TokenMeters(telemetry.meter(), ring.engine()),
        clock);
  }

  static KeyRing ring(TokenServiceConfig config, InstantSource clock) {
    EngineChoice choice = EngineChoice.of(config.signing().engines());
    choice.passedOver().forEach(why -> log.warn("{}", why));
    log.info("signing with {}", choice.engine().describe());
    List<SigningKey> keys =
        new KeyFolder(config.keys().folder(), config.keys().createMissing()).open(clock.instant());
    keys.forEach(key -> log.info("key {} of {}", key.id().value(), key.createTime()));
    return KeyRing.load(choice.engine(), keys);
  }
}
