package dev.lantern.walletapi.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lantern.common.v1.Reason;
import dev.lantern.identity.v1.CreateSessionRequest;
import dev.lantern.identity.v1.CreateSessionResponse;
import dev.lantern.identity.v1.IdentityServiceGrpc;
import dev.lantern.runtime.errors.Failures;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.runtime.identity.SpiffeId;
import dev.lantern.runtime.server.CallChain;
import dev.lantern.runtime.server.CallLimits;
import dev.lantern.walletapi.Access;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// `IdentityService` through the same chain of interceptors as in production.
class IdentityServiceTest {
  private Optional<Reason> issuerRefuses = Optional.empty();
  private SpiffeId peer = SpiffeId.EDGE;
  private final Server server;
  private final ManagedChannel channel;

  IdentityServiceTest() throws IOException {
    var sessions =
        new Sessions(
            new AssertionVerifier(Jwts.APPS),
            new MemoryAppAccounts(new AtomicLong(1000)::incrementAndGet),
            this::issue,
            InstantSource.fixed(Jwts.NOW));
    String name = InProcessServerBuilder.generateName();
    var builder = InProcessServerBuilder.forName(name).addService(new IdentityEndpoint(sessions));
    CallChain.of(Access.policy(), (_, _) -> Optional.of(peer), CallLimits.defaults())
        .forEach(builder::intercept);
    server = builder.build().start();
    channel = InProcessChannelBuilder.forName(name).build();
  }

  private SessionIssuer.Session issue(long actId, int appId) {
    issuerRefuses.ifPresent(reason -> {
      throw Refused.of(reason, "as told");
    });
    return new SessionIssuer.Session(
        "session-of-" + actId + "-at-" + appId, Jwts.NOW.plusSeconds(43_200));
  }

  @AfterEach
  void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void createSession_withASoundAssertion_opensOneForTheUsersActId() {
    CreateSessionResponse first = create(Jwts.good());
    assertThat(first.getSession()).isEqualTo("session-of-1001-at-1");
    assertThat(first.getExpireTime().getSeconds()).isEqualTo(Jwts.NOW.getEpochSecond() + 43_200);
    CreateSessionResponse again =
        create(Jwts.withClaims(claims -> claims.addProperty("jti", "another-jti")));
    assertThat(again.getSession()).isEqualTo(first.getSession());
  }

  @Test
  void createSession_withASpentAssertion_isABadAssertion() {
    String assertion = Jwts.good();
    create(assertion);
    Refused refused = refused(assertion);
    assertThat(refused.reason()).isEqualTo(Reason.REASON_BAD_ASSERTION);
    assertThat(refused.metadata())
        .containsEntry("rule", "assertion-replayed")
        .containsEntry("field", "assertion")
        .containsEntry("layer", "service");
  }

  @Test
  void createSession_withAnyDefect_isABadAssertionNamingIt() {
    Refused unsigned =
        refused(Jwts.encode("{\"alg\":\"none\"}") + "." + Jwts.encode("{\"iss\":\"1\"}") + ".");
    assertThat(unsigned.reason()).isEqualTo(Reason.REASON_BAD_ASSERTION);
    assertThat(unsigned.metadata()).containsEntry("rule", "assertion-algorithm");
    Refused over = refused(Jwts.withClaims(claims -> claims.addProperty("exp", 1)));
    assertThat(over.reason()).isEqualTo(Reason.REASON_BAD_ASSERTION);
    assertThat(over.metadata()).containsEntry("rule", "assertion-expired");
  }

  @Test
  void createSession_withTokenServiceDown_isRefusedAndTheAssertionSpent() {
    issuerRefuses = Optional.of(Reason.REASON_DEPENDENCY_DOWN);
    String assertion = Jwts.good();
    assertThat(refused(assertion).reason()).isEqualTo(Reason.REASON_DEPENDENCY_DOWN);
    issuerRefuses = Optional.empty();
    assertThat(refused(assertion).reason()).isEqualTo(Reason.REASON_BAD_ASSERTION);
  }

  @Test
  void createSession_withNoOrAnOversizedAssertion_namesTheField() {
    assertThat(refused("").reason()).isEqualTo(Reason.REASON_INVALID_FIELD);
    assertThat(refused("a".repeat(2049)).metadata()).containsEntry("field", "assertion");
  }

  @Test
  void createSession_byAnotherService_isForbidden() {
    peer = new SpiffeId("order-center");
    assertThat(refused(Jwts.good()).reason()).isEqualTo(Reason.REASON_FORBIDDEN);
  }

  private CreateSessionResponse create(String assertion) {
    return IdentityServiceGrpc.newBlockingStub(channel)
        .createSession(CreateSessionRequest.newBuilder().setAssertion(assertion).build());
  }

  private Refused refused(String assertion) {
    StatusRuntimeException failure =
        catchThrowableOfType(StatusRuntimeException.class, () -> create(assertion));
    return Failures.refusedBy(failure).orElseThrow();
  }
}
