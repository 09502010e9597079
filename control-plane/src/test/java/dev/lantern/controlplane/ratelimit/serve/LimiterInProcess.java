package dev.lantern.controlplane.ratelimit.serve;

import dev.lantern.controlplane.ratelimit.bucket.Ask;
import dev.lantern.controlplane.ratelimit.bucket.Given;
import dev.lantern.controlplane.ratelimit.bucket.Lane;
import dev.lantern.controlplane.ratelimit.bucket.MemoryBuckets;
import dev.lantern.controlplane.ratelimit.decide.AskLane;
import dev.lantern.controlplane.ratelimit.decide.AskQueue;
import dev.lantern.controlplane.ratelimit.decide.Holdings;
import dev.lantern.controlplane.ratelimit.decide.Limiter;
import dev.lantern.controlplane.ratelimit.decide.Standing;
import dev.lantern.controlplane.ratelimit.rule.LimitRule;
import dev.lantern.controlplane.ratelimit.rule.RuleSet;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// The contract over a store in memory whose clock stands still, with the product's lane on a
/// thread of its own.
final class LimiterInProcess implements AutoCloseable {
  final Standing standing = new Standing();

  /// The store does not answer for keys that begin so.
  volatile String unanswered = "-";

  final Decisions decisions;
  private final ActiveRules rules = new ActiveRules();
  private final Server server;
  private final ManagedChannel channel;
  private final Thread lane;

  private LimiterInProcess() throws IOException {
    standing.answered();
    var queue = new AskQueue(standing);
    var holdings = new Holdings(queue, 100);
    this.decisions = new Decisions(rules, new Limiter(holdings, System::nanoTime));
    String name = InProcessServerBuilder.generateName();
    this.server =
        InProcessServerBuilder.forName(name).directExecutor().addService(decisions).build();
    this.channel = InProcessChannelBuilder.forName(name).build();
    this.lane =
        Thread.ofPlatform()
            .daemon()
            .start(
                new AskLane(
                    new Lane("test", 0),
                    queue,
                    new Buckets(),
                    holdings,
                    standing,
                    Duration.ofSeconds(10),
                    System::nanoTime));
    var _ = server.start();
  }

  static LimiterInProcess start() throws IOException {
    return new LimiterInProcess();
  }

  /// Makes these the rules in force.
  void run(LimitRule... some) {
    rules.set(RuleSet.of(7, List.of(some)));
  }

  Tally tally(String id) {
    ActiveRule rule = rules.find(id);
    if (rule == null) {
      throw new IllegalArgumentException(id);
    }
    return rule.tally();
  }

  RateLimitResponse ask(RateLimitDescriptor... descriptors) {
    return send(RateLimitRequest.newBuilder().setDomain("lantern"), descriptors);
  }

  RateLimitResponse send(RateLimitRequest.Builder request, RateLimitDescriptor... descriptors) {
    return RateLimitServiceGrpc.newBlockingStub(channel)
        .shouldRateLimit(request.addAllDescriptors(List.of(descriptors)).build());
  }

  private final class Buckets extends MemoryBuckets {
    Buckets() {
      super(() -> 0);
    }

    @Override
    public synchronized List<Given> take(Lane lane, long number, List<Ask> asks, Duration within) {
      if (asks.stream().anyMatch(one -> one.key().startsWith(unanswered))) {
        throw new BucketsUnavailableException("no answer");
      }
      return super.take(lane, number, asks, within);
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
    lane.interrupt();
  }
}
