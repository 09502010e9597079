package dev.lantern.proving.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.common.v1.Lane;
import dev.lantern.proving.Wiring;
import dev.lantern.proving.clientlog.Told;
import dev.lantern.proving.edge.Edge;
import dev.lantern.proving.edge.JsonEdge;
import dev.lantern.proving.place.Operator;
import dev.lantern.proving.place.StackAccess;
import dev.lantern.proving.stress.Cleaned;
import dev.lantern.proving.stress.TrialOptions;
import dev.lantern.proving.stress.TrialReport;
import dev.lantern.token.v1.IssueSessionRequest;
import dev.lantern.token.v1.KeyPurpose;
import dev.lantern.token.v1.RedPacketToken;
import dev.lantern.token.v1.SignTokensRequest;
import dev.lantern.token.v1.SignedToken;
import dev.lantern.token.v1.TokenServiceGrpc;
import dev.lantern.token.v1.TokenServiceGrpc.TokenServiceBlockingStub;
import dev.lantern.token.v1.VerifyTokensRequest;
import io.grpc.StatusRuntimeException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// A trial from its opening to its cleaning, on the stack that everybody else uses.
@Tag("e2e")
@ExtendWith(SharedStack.Running.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class StressLaneE2eTest {
  private static final long NOBODY = 4_711;
  private final StackAccess stack = SharedStack.access();

  @Test
  void trial_leavesTheLiveLaneAsItWas_andCleaningLeavesNothing() {
    TrialReport report =
        Wiring.trial(stack, SharedStack.progress()).run(new TrialOptions(75, 30, 5));

    assertThat(report.accepted()).as(report.text()).isPositive();
    assertThat(report.liveChanged()).isEmpty();
    assertThat(report.good()).as(report.text()).isTrue();
    anOrderOfATrial_isUnknownToLiveUsers();
    aTrialsToken_isRefusedLive();

    var lane = Wiring.stressLane(stack, SharedStack.progress());
    Cleaned cleaned = lane.clean();
    assertThat(cleaned.before().get("rows")).isPositive();
    assertThat(cleaned.before().get("topics")).isEqualTo(1);
    assertThat(cleaned.before().get("records")).isGreaterThanOrEqualTo(report.accepted());
    assertThat(cleaned.before().get("keys")).isPositive();
    assertThat(cleaned.clean()).as(cleaned.text()).isTrue();
    assertThat(lane.clean().before().values()).containsOnly(0L);

    // A session outlives the lane by a while, and finds it closed.
    assertThat(refusal(grab(session(Lane.LANE_STRESS, "stress-driver"))).reason())
        .isEqualTo("LANE_CLOSED");
  }

  /// The live side of the same user, asking for any order of the trial's.
  private void anOrderOfATrial_isUnknownToLiveUsers() {
    try (Edge edge = JsonEdge.connect(stack.edge().host(), stack.edge().port());
        Connection books = stack.connect("auditor");
        Statement statement = books.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select act_id, order_no from lantern_order_stress.orders limit 1")) {
      assertThat(row.next()).isTrue();
      SessionMint mint = SessionMint.ofStack(stack.home());
      String live = mint.session(row.getLong(1), SessionMint.Claims.good());
      assertThat(refusal(edge.order(live, row.getString(2))).reason()).isEqualTo("NOT_FOUND");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void aTrialsToken_isRefusedLive() {
    try (Operator orderCenter =
        Operator.at(stack.tokenService(), stack.identity("order-center"), "token-service")) {
      TokenServiceBlockingStub tokens = TokenServiceGrpc.newBlockingStub(orderCenter.channel());
      SignedToken trial =
          tokens
              .signTokens(
                  SignTokensRequest.newBuilder()
                      .setPurpose(KeyPurpose.KEY_PURPOSE_REWARD)
                      .setLane(Lane.LANE_STRESS)
                      .addPayloads(
                          RedPacketToken.newBuilder()
                              .setActId(NOBODY)
                              .setOutTradeNo(NOBODY + "_any-s_1_1_3")
                              .build()
                              .toByteString())
                      .build())
              .getTokens(0);
      assertThat(problem(tokens, Lane.LANE_LIVE, trial)).isEqualTo("WRONG_PURPOSE");
      assertThat(problem(tokens, Lane.LANE_STRESS, trial)).isEmpty();
    }
    // And nobody gets a session of the other lane.
    assertThat(refusedSession(Lane.LANE_LIVE, "stress-driver")).isTrue();
    assertThat(refusedSession(Lane.LANE_STRESS, "wallet-api")).isTrue();
  }

  private static String problem(TokenServiceBlockingStub tokens, Lane lane, SignedToken token) {
    return tokens
        .verifyTokens(
            VerifyTokensRequest.newBuilder()
                .setPurpose(KeyPurpose.KEY_PURPOSE_REWARD)
                .setLane(lane)
                .addTokens(token)
                .build())
        .getVerdicts(0)
        .getProblem();
  }

  private boolean refusedSession(Lane lane, String caller) {
    try {
      var _ = session(lane, caller);
      return false;
    } catch (StatusRuntimeException refused) {
      return refused.getStatus().getCode() == io.grpc.Status.Code.PERMISSION_DENIED;
    }
  }

  private String session(Lane lane, String caller) {
    try (Operator one =
        Operator.at(stack.tokenService(), stack.identity(caller), "token-service")) {
      return TokenServiceGrpc.newBlockingStub(one.channel())
          .issueSession(
              IssueSessionRequest.newBuilder().setActId(NOBODY).setAppId(1).setLane(lane).build())
          .getSession();
    }
  }

  private Told grab(String session) {
    try (Edge edge = JsonEdge.connect(stack.edge().host(), stack.edge().port())) {
      return edge.grab(session, new Edge.Grab("any", "any-s", 1, "r"));
    }
  }

  private static Told.Refused refusal(Told told) {
    assertThat(told).isInstanceOf(Told.Refused.class);
    return (Told.Refused) told;
  }
}
