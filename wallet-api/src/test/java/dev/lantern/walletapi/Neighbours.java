package dev.lantern.walletapi;

import com.google.protobuf.Timestamp;
import dev.lantern.campaign.v1.CampaignServiceGrpc;
import dev.lantern.campaign.v1.GetCampaignRequest;
import dev.lantern.campaign.v1.GetCampaignResponse;
import dev.lantern.campaign.v1.ResolveStageRequest;
import dev.lantern.campaign.v1.ResolveStageResponse;
import dev.lantern.cli.stack.engine.Engines;
import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.client.TlsConfig;
import dev.lantern.runtime.client.TlsIdentity;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.runtime.identity.AccessPolicy;
import dev.lantern.runtime.server.ServerConfig;
import dev.lantern.runtime.server.ServiceHost;
import dev.lantern.runtime.telemetry.Telemetry;
import dev.lantern.token.v1.IssueSessionRequest;
import dev.lantern.token.v1.IssueSessionResponse;
import dev.lantern.token.v1.TokenServiceGrpc;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;

/// order-center and token-service as far as wallet-api calls them, on real ports with their own
/// certificates: answers of one campaign, and sessions that only name their user.
final class Neighbours implements AutoCloseable {
  final ServiceHost orderCenter;
  final ServiceHost tokenService;

  Neighbours(Engines engines) throws IOException, InterruptedException {
    orderCenter = host(engines, "order-center", new Campaign(), CampaignServiceGrpc.SERVICE_NAME);
    tokenService = host(engines, "token-service", new Signer(), TokenServiceGrpc.SERVICE_NAME);
  }

  static TlsConfig tls(Engines engines, String name) throws IOException, InterruptedException {
    var leaf = engines.pki().leaf(name);
    return new TlsConfig(leaf.certificate(), leaf.key(), leaf.authority(), Duration.ofMinutes(1));
  }

  private static ServiceHost host(
      Engines engines, String name, io.grpc.BindableService service, String serviceName)
      throws IOException, InterruptedException {
    TlsConfig tls = tls(engines, name);
    var identity = TlsIdentity.open(tls);
    return ServiceHost.builder(
            name,
            new ServerConfig(
                "127.0.0.1",
                0,
                0,
                tls,
                65_536,
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                100,
                Duration.ZERO,
                Duration.ofSeconds(1)),
            identity,
            Telemetry.quiet(name))
        .access(AccessPolicy.builder().service(serviceName, "wallet-api").build())
        .service(service)
        .onStop(identity)
        .start();
  }

  @Override
  public void close() {
    orderCenter.close();
    tokenService.close();
  }

  private static final class Campaign extends CampaignServiceGrpc.CampaignServiceImplBase {
    @Override
    public void resolveStage(
        ResolveStageRequest request, StreamObserver<ResolveStageResponse> observer) {
      if (!request.getActivityId().equals("spring")) {
        throw Refused.of(Reason.REASON_UNKNOWN_ACTIVITY, "no such activity");
      }
      observer.onNext(
          ResolveStageResponse.newBuilder().setChildActivityId("spring-official").build());
      observer.onCompleted();
    }

    @Override
    public void getCampaign(
        GetCampaignRequest request, StreamObserver<GetCampaignResponse> observer) {
      observer.onNext(
          GetCampaignResponse.newBuilder()
              .setDocument("children: [{id: spring-grey}, {id: spring-official}]")
              .build());
      observer.onCompleted();
    }
  }

  private static final class Signer extends TokenServiceGrpc.TokenServiceImplBase {
    @Override
    public void issueSession(
        IssueSessionRequest request, StreamObserver<IssueSessionResponse> observer) {
      observer.onNext(
          IssueSessionResponse.newBuilder()
              .setSession(request.getActId() + "@" + request.getAppId())
              .setExpireTime(Timestamp.newBuilder().setSeconds(4_000_000_000L))
              .build());
      observer.onCompleted();
    }
  }
}
