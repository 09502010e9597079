package dev.lantern.controlplane.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.controlplane.envoy.EnvoyProcess;
import dev.lantern.controlplane.policy.About;
import dev.lantern.controlplane.policy.OnRefuse;
import dev.lantern.controlplane.policy.Origin;
import dev.lantern.controlplane.policy.Policy;
import dev.lantern.controlplane.policy.Rate;
import dev.lantern.controlplane.policy.Revision;
import dev.lantern.controlplane.policy.Rule;
import dev.lantern.controlplane.policy.Sharing;
import dev.lantern.controlplane.policy.Target;
import dev.lantern.controlplane.ratelimit.follow.KnownRules;
import dev.lantern.controlplane.ratelimit.follow.RuleStream;
import dev.lantern.controlplane.ratelimit.rule.LimitRule;
import dev.lantern.controlplane.ratelimit.rule.RuleSet;
import dev.lantern.controlplane.ratelimit.rule.Rules;
import dev.lantern.mesh.v1.LimitServiceGrpc;
import dev.lantern.mesh.v1.Limiter;
import dev.lantern.mesh.v1.ListLimitersRequest;
import dev.lantern.mesh.v1.ListLimitersResponse;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The control plane's stream and the limiter's end of it together.
class LimitFeedTest {
  private static final Instant NOW = Instant.parse("2027-02-06T12:00:00Z");

  private final String name = InProcessServerBuilder.generateName();
  private final LimitFeed feed = new LimitFeed(InstantSource.fixed(NOW));
  private final ManagedChannel channel = InProcessChannelBuilder.forName(name).build();
  private volatile RuleSet running = RuleSet.NONE;
  @TempDir Path dir;
  private Server server = serve();

  private Server serve() {
    return InProcessServerBuilder.forName(name).addService(feed).build();
  }

  @BeforeEach
  void start() throws IOException {
    var _ = server.start();
  }

  @AfterEach
  void stop() {
    server.shutdownNow();
    channel.shutdownNow();
  }

  private RuleStream follow() {
    var known = new KnownRules("ratelimit-1", dir.resolve("limits.json"), now -> running = now);
    return RuleStream.follow(channel, known, new SplittableRandom(1));
  }

  private ListLimitersResponse listed() {
    return LimitServiceGrpc.newBlockingStub(channel)
        .listLimiters(ListLimitersRequest.getDefaultInstance());
  }

  private Limiter limiter() {
    return listed().getLimitersList().stream().findFirst().orElse(Limiter.getDefaultInstance());
  }

  @Test
  void rules_reachTheLimiter_whichSaysThatItRunsThem() {
    try (var _ = follow()) {
      feed.rules(3, List.of(Rules.global("g", 10)));
      EnvoyProcess.await("revision 3 is reported", () -> limiter().getRevision() == 3);

      assertThat(running.rules().keySet()).containsExactly("g");
      feed.rules(4, List.of(Rules.global("g", 11), Rules.ofUser("u", 1)));
      EnvoyProcess.await("revision 4 is reported", () -> limiter().getRevision() == 4);
      assertThat(running.rules()).hasSize(2);
      assertThat(limiter().getConnected()).isTrue();
    }
  }

  @Test
  void beforeThereIsAPolicy_nothingIsTold() {
    try (var _ = follow()) {
      EnvoyProcess.await("the limiter is known", () -> limiter().getConnected());

      assertThat(limiter().getRevision()).isZero();
      assertThat(running).isEqualTo(RuleSet.NONE);
    }
  }

  @Test
  void revisionWhoseLimitsCannotBeTold_isWhatLimitersShouldRun() {
    var none =
        new Rule.RateLimit(
            About.of("none", new Origin("limits.yaml", 3, 4)),
            Target.route("play.grab"),
            new Rate(1, Duration.ofSeconds(1)),
            Duration.ofMillis(1),
            Sharing.EXACT,
            Optional.empty(),
            new OnRefuse(Duration.ofSeconds(2), Duration.ZERO, "too many"));
    try (var _ = follow()) {
      feed.rules(3, List.of(Rules.global("g", 10)));
      EnvoyProcess.await("revision 3 is reported", () -> limiter().getRevision() == 3);
      feed.policy(new Revision(4, "", "", "", NOW, List.of()), new Policy(List.of(none)));

      assertThat(listed().getRevision()).isEqualTo(4);
      assertThat(limiter().getRevision()).isEqualTo(3);
      assertThat(running.revision()).isEqualTo(3);
    }
  }

  @Test
  void limiterThatWent_isRememberedAsGone() {
    try (var _ = follow()) {
      EnvoyProcess.await("the limiter is known", () -> limiter().getConnected());
    }
    EnvoyProcess.await("the limiter is gone", () -> !limiter().getConnected());

    assertThat(limiter().getName()).isEqualTo("ratelimit-1");
  }

  @Test
  void controlPlaneAway_rulesStay_andTheNewestComeWithItsReturn() throws IOException {
    List<LimitRule> rules = List.of(Rules.global("g", 10));
    try (var _ = follow()) {
      feed.rules(3, rules);
      EnvoyProcess.await("revision 3 runs", () -> running.revision() == 3);
      server.shutdownNow();
      EnvoyProcess.await("the server has ended", server::isTerminated);

      assertThat(running.revision()).isEqualTo(3);
      feed.rules(4, rules);
      server = serve();
      var _ = server.start();
      EnvoyProcess.await("revision 4 runs", () -> running.revision() == 4);
    }
  }
}
