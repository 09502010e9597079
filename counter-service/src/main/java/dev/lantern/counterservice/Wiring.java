package dev.lantern.counterservice;

import dev.lantern.runtime.client.TlsIdentity;
import dev.lantern.runtime.server.ServerConfig;
import dev.lantern.runtime.server.ServiceHost;
import dev.lantern.runtime.telemetry.Telemetry;
import java.time.InstantSource;

/// two Redis → counters → contract → server
final class Wiring {

  private static final String NAME = "counter-service";

  private Wiring() {}

  static ServiceHost start(CounterServiceConfig config) {
    ServerConfig server = config.server();
    Telemetry telemetry =
        Telemetry.start(config.telemetry(), NAME, server.host(), server.metricsPort());
    TlsIdentity identity = TlsIdentity.open(server.tls());
    var counters = new Counters(config, InstantSource.system());
    return ServiceHost.builder(NAME, server, identity, telemetry)
        .access(Access.policy(config.writes().callers()))
        .service(counters.service(telemetry))
        .health("redis-a", counters::pingA)
        .health("redis-b", counters::pingB)
        .onStop(telemetry)
        .onStop(identity)
        .onStop(counters)
        .start();
  }
}
