package dev.lantern.ordercenter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lantern.order.v1.ListOrdersResponse;
import dev.lantern.ordercenter.campaign.CampaignDocument;
import dev.lantern.ordercenter.campaign.CampaignIndex;
import dev.lantern.ordercenter.campaign.CampaignRounds;
import dev.lantern.ordercenter.campaign.Campaigns;
import dev.lantern.ordercenter.campaign.Campaigns.Known;
import dev.lantern.ordercenter.order.AcceptWorld;
import dev.lantern.ordercenter.order.Batch;
import dev.lantern.ordercenter.order.OrderDesk;
import dev.lantern.ordercenter.order.OrderQuery;
import dev.lantern.ordercenter.order.OrderService;
import dev.lantern.ordercenter.play.PlayService;
import dev.lantern.runtime.identity.Identification;
import dev.lantern.runtime.identity.SpiffeId;
import dev.lantern.runtime.server.CallChain;
import dev.lantern.runtime.server.CallLimits;
import dev.lantern.runtime.server.PeerSource;
import dev.lantern.runtime.switches.Switches;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/// The services of the role `api` in process, with production's access policy and call chain, over
/// memory stores and a clock set by hand. Only who calls is said by a header instead of a
/// certificate.
final class ServiceUnderTest implements AutoCloseable {
  static final String ACTIVITY = "service-test";

  private static final Metadata.Key<String> CALLER =
      Metadata.Key.of("test-caller", Metadata.ASCII_STRING_MARSHALLER);

  final AcceptWorld world = new AcceptWorld();
  final Set<String> settledEpochs = ConcurrentHashMap.newKeySet();
  private final AcceptWorld.Instance instance;
  private final Batch batch = new Batch(8);
  private final Server server;
  private final ManagedChannel channel;
  private volatile boolean sure = true;

  ServiceUnderTest(int dropPerTenThousand) throws IOException {
    world.ledger.budget(ACTIVITY + "-main", 100_000);
    instance = world.instance("api-1");
    OrderDesk desk =
        new OrderDesk(
            new CampaignRounds(campaigns(), (_, _, _, _) -> true), instance.accept, world.clock);
    OrderQuery query = new OrderQuery(world.promises, world::find, settledEpochs::contains);
    String name = InProcessServerBuilder.generateName();
    PeerSource peers = (_, headers) -> Optional.ofNullable(headers.get(CALLER)).map(SpiffeId::new);
    InProcessServerBuilder builder =
        InProcessServerBuilder.forName(name)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .addService(
                new OrderService(
                    desk, query, batch, (_, _) -> ListOrdersResponse.getDefaultInstance()))
            .addService(
                new PlayService(
                    desk, Switches.atDefaults(Map.of(PlayService.DROP, dropPerTenThousand))));
    CallLimits limits =
        new CallLimits(65_536, Duration.ofSeconds(20), Duration.ofSeconds(20), 1_000);
    CallChain.of(Access.policy(), peers, limits).forEach(builder::intercept);
    server = builder.build().start();
    channel = InProcessChannelBuilder.forName(name).build();
  }

  /// Whether this instance is sure of the revision in effect.
  void sure(boolean now) {
    sure = now;
  }

  Channel user(long actId) {
    Metadata headers = caller("envoy-edge");
    headers.put(Identification.ACT_ID, Long.toString(actId));
    headers.put(Identification.APP_ID, "7");
    headers.put(Identification.LANE, "live");
    return with(headers);
  }

  Channel process(String caller) {
    return with(caller(caller));
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
    instance.close();
    batch.close();
  }

  private Campaigns campaigns() {
    String document =
        Trees.rain(
            ACTIVITY,
            100_000,
            world.clock.instant().minusSeconds(60),
            world.clock.instant().plusSeconds(60));
    CampaignIndex index =
        new CampaignIndex(
            CampaignDocument.read(document).campaign().orElseThrow(),
            1,
            "a secret for tests".getBytes(UTF_8));
    return (activityId, _) -> {
      if (!sure) {
        return new Known.Stale();
      }
      return activityId.equals(ACTIVITY) ? new Known.InEffect(index) : new Known.None();
    };
  }

  private Channel with(Metadata headers) {
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private static Metadata caller(String name) {
    Metadata headers = new Metadata();
    headers.put(CALLER, name);
    return headers;
  }
}
