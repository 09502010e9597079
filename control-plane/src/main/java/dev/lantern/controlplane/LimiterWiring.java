package dev.lantern.controlplane;

import dev.lantern.controlplane.ratelimit.bucket.Buckets;
import dev.lantern.controlplane.ratelimit.bucket.Lane;
import dev.lantern.controlplane.ratelimit.bucket.RedisBuckets;
import dev.lantern.controlplane.ratelimit.decide.AskLane;
import dev.lantern.controlplane.ratelimit.decide.AskQueue;
import dev.lantern.controlplane.ratelimit.decide.Holdings;
import dev.lantern.controlplane.ratelimit.decide.Limiter;
import dev.lantern.controlplane.ratelimit.decide.Probe;
import dev.lantern.controlplane.ratelimit.decide.Standing;
import dev.lantern.controlplane.ratelimit.follow.KnownRules;
import dev.lantern.controlplane.ratelimit.follow.RuleStream;
import dev.lantern.controlplane.ratelimit.serve.ActiveRules;
import dev.lantern.controlplane.ratelimit.serve.Decisions;
import dev.lantern.controlplane.ratelimit.serve.LimitMeters;
import dev.lantern.controlplane.ratelimit.serve.LimitServer;
import dev.lantern.controlplane.ratelimit.serve.WarmUp;
import dev.lantern.runtime.client.Channels;
import dev.lantern.runtime.client.ServiceAddress;
import dev.lantern.runtime.client.TlsIdentity;
import dev.lantern.runtime.server.ServerConfig;
import dev.lantern.runtime.telemetry.Telemetry;
import dev.lantern.stores.redis.Redis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// rules → decisions ← port; decisions → holdings → queue → lanes → Redis
final class LimiterWiring {
  private static final Logger LOG = LoggerFactory.getLogger(LimiterWiring.class);
  private static final String NAME = "ratelimit";
  private static final Duration CALL = Duration.ofSeconds(1);
  private static final Duration PROBE = Duration.ofMillis(250);
  private static final Duration SWEEP = Duration.ofMillis(500);

  private LimiterWiring() {}

  static LimitServer start(LimiterConfig config) {
    ServerConfig server = config.server();
    Telemetry telemetry =
        Telemetry.start(config.telemetry(), NAME, server.host(), server.metricsPort());
    TlsIdentity identity = TlsIdentity.open(server.tls());
    var channels = new Channels(identity, telemetry, CALL);
    Redis redis = Redis.connect(config.redis(), NAME);
    var buckets = new RedisBuckets(redis, config.redis().addresses().size() > 1);

    var standing = new Standing();
    var queue = new AskQueue(standing);
    var holdings = new Holdings(queue, config.decisions().keys());
    // A name of this life alone: the numbers of its lanes begin anew.
    String life = config.instance() + "-" + UUID.randomUUID().toString().substring(0, 18);
    List<Thread> lanes = lanes(config, life, buckets, queue, holdings, standing);
    var probe =
        new Probe(
            new Lane(life, config.decisions().lanes()),
            buckets,
            standing,
            config.decisions().budget());

    var rules = new ActiveRules();
    var decisions = new Decisions(rules, new Limiter(holdings, System::nanoTime));
    LimitMeters.register(telemetry.meter(), rules, decisions, holdings, standing);
    var known = new KnownRules(config.instance(), config.lastKnown(), rules::set);
    known.recall();
    RuleStream stream =
        RuleStream.follow(channels.to(config.controlPlane()), known, new SplittableRandom());

    Set<String> callers = new HashSet<>(config.decisions().callers());
    callers.add(NAME);
    LimitServer port = LimitServer.start(server, identity, decisions, callers);
    var warm = new AtomicBoolean();
    var ticks =
        new Ticks("ticks")
            .every(
                PROBE,
                "asking Redis",
                () -> {
                  probe.run();
                  port.ready(warm.get() && known.known() && standing.answers(), standing.answers());
                })
            .every(SWEEP, "forgetting idle keys", () -> holdings.sweep(System.nanoTime()));
    port.onStop(telemetry)
        .onStop(identity)
        .onStop(redis)
        .onStop(() -> lanes.forEach(Thread::interrupt))
        .onStop(channels)
        .onStop(stream)
        .onStop(ticks);
    warm(config, channels, port, warm);
    return port;
  }

  private static List<Thread> lanes(
      LimiterConfig config,
      String life,
      Buckets buckets,
      AskQueue queue,
      Holdings holdings,
      Standing standing) {
    var lanes = new ArrayList<Thread>();
    for (int i = 0; i < config.decisions().lanes(); i++) {
      var lane =
          new AskLane(
              new Lane(life, i),
              queue,
              buckets,
              holdings,
              standing,
              config.decisions().budget(),
              System::nanoTime);
      lanes.add(Thread.ofPlatform().daemon().name("limit-lane-" + i).start(lane));
    }
    return List.copyOf(lanes);
  }

  /// On a thread of its own: a port that is open and not ready is what balancers understand.
  private static void warm(
      LimiterConfig config, Channels channels, LimitServer port, AtomicBoolean warm) {
    String host = config.server().host();
    var self =
        channels.to(
            new ServiceAddress(host.equals("0.0.0.0") ? "127.0.0.1" : host, port.port(), NAME));
    Thread.ofVirtual()
        .name("warm-up")
        .start(() -> {
          try {
            boolean quick =
                new WarmUp(self, WarmUp.QUICK, System::nanoTime)
                    .run(config.decisions().warmWithin());
            LOG.info(quick ? "warm" : "serving before it is quick");
            warm.set(true);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }
}
