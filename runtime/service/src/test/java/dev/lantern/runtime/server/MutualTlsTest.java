package dev.lantern.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.cli.stack.pki.DevPki;
import dev.lantern.common.v1.Reason;
import dev.lantern.play.v1.PlayServiceGrpc;
import dev.lantern.runtime.client.TlsConfig;
import dev.lantern.runtime.errors.Failures;
import dev.lantern.runtime.identity.Identification;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Who may connect, and who a caller is, over real mutual TLS.
@Timeout(60)
class MutualTlsTest {

  @TempDir static Path home;
  @TempDir static Path elsewhere;

  private static DevPki foreign;

  private final World world = World.of(home);

  @BeforeAll
  static void strangers() {
    foreign = World.authority(elsewhere);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void caller_isTheOneInTheCertificate_whateverItsHeadersSay() {
    world.serve(World::whoAmI);
    var headers = new Metadata();
    headers.put(Identification.ACT_ID, "42");
    headers.put(Identification.APP_ID, "3");
    headers.put(Identification.CLIENT_CERT, "URI=spiffe://lantern/operator");
    var stub =
        PlayServiceGrpc.newBlockingStub(world.channel("wallet-api", "order-center"))
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    assertThat(stub.grab(Play.GOOD).getOrderNo()).isEqualTo("wallet-api Optional.empty");
  }

  @Test
  void edge_speaksForItsUser() {
    world.serve(World::whoAmI);
    var headers = new Metadata();
    headers.put(Identification.ACT_ID, "42");
    headers.put(Identification.APP_ID, "3");
    var edge = PlayServiceGrpc.newBlockingStub(world.channel("envoy-edge", "order-center"));
    assertThat(
            edge.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .grab(Play.GOOD)
                .getOrderNo())
        .isEqualTo("envoy-edge Optional[User[actId=42, appId=3]]");
    assertThat(World.reason(World.failure(edge))).isEqualTo(Reason.REASON_UNAUTHENTICATED);
  }

  @Test
  void caller_notInThePolicy_isForbidden() {
    world.serve(World::whoAmI);
    var e =
        World.failure(
            PlayServiceGrpc.newBlockingStub(world.channel("counter-service", "order-center")));
    assertThat(World.reason(e)).isEqualTo(Reason.REASON_FORBIDDEN);
  }

  @Test
  void caller_ofAnotherAuthority_cannotConnect() {
    world.serve(World::whoAmI);
    var theirs = World.tls("wallet-api", foreign);
    var mixed =
        new TlsConfig(theirs.certificate(), theirs.key(), world.tls("x").ca(), theirs.reload());
    var e = World.failure(PlayServiceGrpc.newBlockingStub(world.channel(mixed, "order-center")));
    assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(Failures.refusedBy(e)).isEmpty();
  }

  @Test
  void caller_withoutACertificate_cannotConnect() throws Exception {
    world.serve(World::whoAmI);
    ManagedChannel bare =
        NettyChannelBuilder.forAddress("127.0.0.1", world.port())
            .sslContext(
                GrpcSslContexts.forClient()
                    .trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .build())
            .build();
    world.closeLater(bare::shutdownNow);
    assertThat(World.failure(PlayServiceGrpc.newBlockingStub(bare)).getStatus().getCode())
        .isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void channel_toAServerThatIsSomebodyElse_isNotOpened() {
    world.serve(World::whoAmI);
    var e =
        World.failure(
            PlayServiceGrpc.newBlockingStub(world.channel("wallet-api", "token-service")));
    assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(Failures.refusedBy(e)).isEmpty();
  }

  @Test
  void certificate_renewedOnDisk_isUsedWithoutARestart() throws Exception {
    var first = world.tls("order-center");
    var files =
        new TlsConfig(
            Files.copy(first.certificate(), elsewhere.resolve("leaf.crt")),
            Files.copy(first.key(), elsewhere.resolve("leaf.key")),
            first.ca(),
            Duration.ofSeconds(1));
    world.serve(world.config(files), World::whoAmI, world.telemetry());
    assertThat(grabAt("order-center")).isEqualTo("wallet-api Optional.empty");
    var second = world.tls("token-service");
    Files.copy(second.key(), files.key(), StandardCopyOption.REPLACE_EXISTING);
    Files.copy(second.certificate(), files.certificate(), StandardCopyOption.REPLACE_EXISTING);
    var later = FileTime.from(Instant.now().plusSeconds(2));
    Files.setLastModifiedTime(files.key(), later);
    Files.setLastModifiedTime(files.certificate(), later);
    long until = System.nanoTime() + Duration.ofSeconds(15).toNanos();
    while (!grabAt("token-service").equals("wallet-api Optional.empty")) {
      assertThat(System.nanoTime()).as("in time").isLessThan(until);
    }
  }

  private String grabAt(String server) {
    try {
      return PlayServiceGrpc.newBlockingStub(world.channel("wallet-api", server))
          .withDeadlineAfter(5, TimeUnit.SECONDS)
          .grab(Play.GOOD)
          .getOrderNo();
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode().name();
    }
  }
}
