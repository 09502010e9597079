package dev.lantern.walletapi;

import dev.lantern.common.v1.Lane;
import dev.lantern.runtime.client.Channels;
import dev.lantern.runtime.client.ServiceAddress;
import dev.lantern.runtime.client.TlsIdentity;
import dev.lantern.runtime.server.Busy;
import dev.lantern.runtime.server.LaneRouter;
import dev.lantern.runtime.server.ServiceHost;
import dev.lantern.runtime.switches.Switches;
import dev.lantern.runtime.telemetry.Telemetry;
import dev.lantern.sdk.wallet.MysqlLedger;
import dev.lantern.sdk.wallet.RedisTokenMaps;
import dev.lantern.sdk.wallet.WalletReader;
import dev.lantern.stores.redis.Redis;
import dev.lantern.stores.sql.Database;
import dev.lantern.walletapi.session.AppRegistryFile;
import dev.lantern.walletapi.session.AssertionVerifier;
import dev.lantern.walletapi.session.IdentityEndpoint;
import dev.lantern.walletapi.session.MysqlAppAccounts;
import dev.lantern.walletapi.session.Sessions;
import dev.lantern.walletapi.session.SpentSweeper;
import dev.lantern.walletapi.session.TokenServiceSessions;
import dev.lantern.walletapi.wallet.Children;
import dev.lantern.walletapi.wallet.OrderCenterCampaigns;
import dev.lantern.walletapi.wallet.OrderCenterCopies;
import dev.lantern.walletapi.wallet.WalletEndpoint;
import dev.lantern.walletapi.wallet.WalletSwitch;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one place that opens connections, reads the clock and makes random numbers.
public final class Wiring {
  private static final String NAME = "wallet-api";
  private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);

  /// Trials read a wallet here with so much, beside what users have; it connects when first used.
  private static final int TRIAL_CONNECTIONS = 4;

  private static final int TRIAL_CALLS = 32;

  private Wiring() {}

  /// Opens everything and serves. Stores that are down do not hinder the start: calls say so.
  public static ServiceHost start(WalletApiConfig config) {
    InstantSource clock = InstantSource.system();
    var telemetry =
        Telemetry.start(
            config.telemetry(), NAME, config.server().host(), config.server().metricsPort());
    var identity = TlsIdentity.open(config.server().tls());
    var channels = new Channels(identity, telemetry, config.callDeadline());
    var database = Database.open(config.database(), NAME);
    var redisA = Redis.connect(config.redisA(), NAME);
    var busy = new Busy();
    var switches =
        Switches.watch(
            WalletSwitch.catalogue(),
            channels.to(config.controlPlane()),
            NAME + "/" + config.instance(),
            config.switches(),
            clock,
            () -> OptionalInt.of(busy.percent()));

    var reader =
        new WalletReader(
            WalletSwitch.tokens(new RedisTokenMaps(redisA), on(switches, WalletSwitch.TOKENS)),
            new MysqlLedger(database, config.orderSchema()));
    var orderCenter = connecting(channels, config.orderCenter());
    var campaigns = new OrderCenterCampaigns(orderCenter, config.callDeadline());
    var stages = WalletSwitch.stages(campaigns, on(switches, WalletSwitch.STAGES));
    var copies =
        WalletSwitch.copies(
            WalletSwitch.copies(
                new OrderCenterCopies(orderCenter, config.callDeadline()),
                WalletSwitch.COPIES,
                on(switches, WalletSwitch.COPIES)),
            WalletSwitch.PRESENT,
            on(switches, WalletSwitch.PRESENT));
    var wallet =
        new WalletEndpoint(
            Lane.LANE_LIVE,
            reader,
            new Children(stages, System::nanoTime),
            copies,
            on(switches, WalletSwitch.VIEW));
    var trials = Database.open(config.database().withMaxConnections(TRIAL_CONNECTIONS), "trials");
    Optional<LaneRouter.Side> stress =
        config
            .stressOrderSchema()
            .map(schema ->
                LaneRouter.Side.of(
                    List.of(
                        new WalletEndpoint(
                            Lane.LANE_STRESS,
                            new WalletReader(
                                WalletSwitch.tokens(
                                    new RedisTokenMaps(redisA), on(switches, WalletSwitch.TOKENS)),
                                new MysqlLedger(trials, schema)),
                            new Children(stages, System::nanoTime),
                            copies,
                            on(switches, WalletSwitch.VIEW)))));

    var tokenSessions =
        new TokenServiceSessions(
            connecting(channels, config.tokenService()), config.callDeadline());
    var accounts = new MysqlAppAccounts(database, new SecureRandom());
    var sessions =
        new Sessions(
            new AssertionVerifier(AppRegistryFile.load(config.appRegistry())),
            accounts,
            tokenSessions,
            clock);

    return ServiceHost.builder(NAME, config.server(), identity, telemetry)
        .access(Access.policy())
        .busy(busy)
        .service(new LaneRouter(TRIAL_CALLS, () -> stress).of(wallet))
        .service(new IdentityEndpoint(sessions))
        .health("mysql", database::ping)
        .health("redis-a", redisA::ping)
        .warm("mysql", database::ping)
        .warm("redis-a", redisA::ping)
        .warm("token-service", tokenSessions::warm)
        .warm("order-center", campaigns::warm)
        .onStop(telemetry)
        .onStop(identity)
        .onStop(database)
        .onStop(trials)
        .onStop(redisA)
        .onStop(channels)
        .onStop(switches)
        .onStop(every(config.sweepEvery(), new SpentSweeper(accounts, clock)))
        .start();
  }

  private static BooleanSupplier on(Switches switches, WalletSwitch which) {
    return () -> switches.isOn(which.id());
  }

  /// A channel that connects now: the first user shall not wait for the handshake.
  private static Channel connecting(Channels channels, ServiceAddress address) {
    ManagedChannel channel = channels.to(address);
    var _ = channel.getState(true);
    return channel;
  }

  private static AutoCloseable every(Duration period, SpentSweeper sweeper) {
    ScheduledExecutorService sweeps =
        Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("sweep").factory());
    var _ =
        sweeps.scheduleWithFixedDelay(
            () -> sweep(sweeper), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    return sweeps::shutdownNow;
  }

  private static void sweep(SpentSweeper sweeper) {
    try {
      long forgotten = sweeper.sweep();
      LOG.debug("{} spent assertions forgotten", forgotten);
    } catch (RuntimeException failure) {
      // An exception would end the schedule; the next run does what this one did not.
      LOG.warn("spent assertions were not forgotten", failure);
    }
  }
}
