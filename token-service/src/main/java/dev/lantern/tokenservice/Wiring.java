package dev.lantern.tokenservice;

import dev.lantern.runtime.client.TlsIdentity;
import dev.lantern.runtime.schema.Migrations;
import dev.lantern.runtime.server.ServerConfig;
import dev.lantern.runtime.server.ServiceHost;
import dev.lantern.runtime.telemetry.Telemetry;
import dev.lantern.stores.sql.Database;
import dev.lantern.tokenservice.alarm.TokenAlarms;
import dev.lantern.tokenservice.control.Control;
import dev.lantern.tokenservice.control.DecisionStore;
import dev.lantern.tokenservice.control.MysqlDecisionStore;
import dev.lantern.tokenservice.keys.KeyFolder;
import dev.lantern.tokenservice.keys.Sealing;
import dev.lantern.tokenservice.keys.SigningKey;
import dev.lantern.tokenservice.log.MysqlRootStore;
import dev.lantern.tokenservice.log.RootStore;
import dev.lantern.tokenservice.session.SessionIssuer;
import dev.lantern.tokenservice.signing.EngineChoice;
import dev.lantern.tokenservice.signing.KeyRing;
import dev.lantern.tokenservice.signing.KeyRings;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// key files + engine → ring → signers and verifiers a lane, log, decisions → contract → server
final class Wiring {

  private static final String NAME = "token-service";
  private static final Duration SCHEMA_PATIENCE = Duration.ofSeconds(10);
  private static final Logger log = LoggerFactory.getLogger(Wiring.class);

  private Wiring() {}

  /// What is kept outside the process.
  record Stores(RootStore roots, DecisionStore decisions) {}

  /// The service and what runs beside it.
  record Made(TokenService service, Control control, Rewards rewards) {}

  /// Keys first: what cannot sign does not open a port.
  static ServiceHost start(TokenServiceConfig config) {
    InstantSource clock = InstantSource.system();
    KeyRings rings = rings(config, clock);
    Migrations.run(config.database(), SCHEMA_PATIENCE);
    ServerConfig server = config.server();
    Telemetry telemetry =
        Telemetry.start(config.telemetry(), NAME, server.host(), server.metricsPort());
    TlsIdentity identity = TlsIdentity.open(server.tls());
    Database database = Database.open(config.database(), NAME);
    var stores = new Stores(new MysqlRootStore(database), new MysqlDecisionStore(database));
    Made made = made(config, rings, stores, telemetry, clock);
    made.control().take();
    ScheduledExecutorService beat =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("decisions").factory());
    var _ =
        beat.scheduleWithFixedDelay(made.control()::refresh, 1_000, 1_000, TimeUnit.MILLISECONDS);
    return ServiceHost.builder(NAME, server, identity, telemetry)
        .access(Access.policy())
        .service(made.service())
        .health("mysql", database::ping)
        .warm("mysql", database::ping)
        .onStop(telemetry)
        .onStop(identity)
        .onStop(database)
        .onStop(made.rewards())
        .onStop(beat::shutdownNow)
        .start();
  }

  static Made made(
      TokenServiceConfig config,
      KeyRings rings,
      Stores stores,
      Telemetry telemetry,
      InstantSource clock) {
    var control = new Control(stores.decisions(), rings, clock);
    var alarms = new TokenAlarms(System::nanoTime);
    var lanes =
        new LaneWiring(config, rings, control, stores.roots(), alarms, new SecureRandom(), clock);
    var rewards = new Rewards(lanes::of);
    var meters = new TokenMeters(telemetry.meter(), rings.now().engine(), alarms, control);
    var service =
        new TokenService(
            new RewardDesk(
                rewards, control, stores.roots(), meters, config.signing().patience(), clock),
            new KeyDesk(rings, control, config.keys(), clock),
            new SessionIssuer(rings::now, config.sessions().lifetime()),
            meters,
            clock);
    return new Made(service, control, rewards);
  }

  static KeyRings rings(TokenServiceConfig config, InstantSource clock) {
    EngineChoice choice = EngineChoice.of(config.signing().engines());
    choice.passedOver().forEach(why -> log.warn("{}", why));
    log.info("signing with {}", choice.engine().describe());
    var sealing = config.keys().passphrase().map(it -> new Sealing(it, new SecureRandom()));
    if (sealing.isEmpty()) {
      log.warn("key files lie open: there is no keys.passphrase");
    }
    var folder = new KeyFolder(config.keys().folder(), config.keys().createMissing(), sealing);
    List<SigningKey> keys = folder.open(clock.instant());
    keys.forEach(key ->
        log.info("key {} of {}, signs from {}", key.id().value(), key.createTime(), key.useTime()));
    return new KeyRings(folder, KeyRing.load(choice.engine(), keys));
  }
}
