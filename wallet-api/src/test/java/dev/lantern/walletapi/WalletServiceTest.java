package dev.lantern.walletapi;

import static dev.lantern.walletapi.EdgeCalls.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.ErrorInfo;
import dev.lantern.common.v1.Lane;
import dev.lantern.common.v1.Reason;
import dev.lantern.order.v1.Award;
import dev.lantern.order.v1.AwardType;
import dev.lantern.order.v1.EnteredToken;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.runtime.identity.SpiffeId;
import dev.lantern.runtime.server.CallChain;
import dev.lantern.runtime.server.CallLimits;
import dev.lantern.sdk.wallet.Ledger;
import dev.lantern.sdk.wallet.Promise;
import dev.lantern.sdk.wallet.Purse;
import dev.lantern.sdk.wallet.TokenMap;
import dev.lantern.sdk.wallet.WalletReader;
import dev.lantern.stores.sql.StoreUnavailableException;
import dev.lantern.token.v1.SignedToken;
import dev.lantern.wallet.v1.Flow;
import dev.lantern.wallet.v1.FlowState;
import dev.lantern.wallet.v1.GetWalletRequest;
import dev.lantern.wallet.v1.ListFlowsRequest;
import dev.lantern.wallet.v1.ListFlowsResponse;
import dev.lantern.wallet.v1.PresentTokensRequest;
import dev.lantern.wallet.v1.PresentedState;
import dev.lantern.wallet.v1.PresentedToken;
import dev.lantern.wallet.v1.PurseBalance;
import dev.lantern.wallet.v1.Wallet;
import dev.lantern.wallet.v1.WalletServiceGrpc;
import dev.lantern.walletapi.wallet.Campaigns;
import dev.lantern.walletapi.wallet.Children;
import dev.lantern.walletapi.wallet.Copies;
import dev.lantern.walletapi.wallet.FixedLedger;
import dev.lantern.walletapi.wallet.WalletEndpoint;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `WalletService` through the same chain of interceptors as in production.
class WalletServiceTest {
  private static final long ACT_ID = 4711;

  private TokenMap tokens =
      new TokenMap.Read(
          "e1",
          List.of(new Promise("4711_rain_9_1_3", Purse.CASH, 7, FixedLedger.AT, "A little luck")));
  private Ledger ledger = new FixedLedger(true);
  private Optional<Reason> orderCenterRefuses = Optional.empty();
  private Copies copies =
      (_, given) ->
          given.stream().map(_ -> entered(PresentedState.PRESENTED_STATE_BOOKED)).toList();
  private boolean switchedOn = true;
  private SpiffeId peer = SpiffeId.EDGE;

  private Server server;
  private ManagedChannel channel;

  WalletServiceTest() throws IOException {
    WalletReader reader = new WalletReader(_ -> tokens, question -> ledger.read(question));
    var endpoint =
        new WalletEndpoint(
            Lane.LANE_LIVE,
            reader,
            new Children(new Directory(), System::nanoTime),
            (actId, given) -> copies.enter(actId, given),
            () -> switchedOn);
    String name = InProcessServerBuilder.generateName();
    var builder = InProcessServerBuilder.forName(name).addService(endpoint);
    CallChain.of(Access.policy(), (_, _) -> Optional.of(peer), CallLimits.defaults())
        .forEach(builder::intercept);
    server = builder.build().start();
    channel = InProcessChannelBuilder.forName(name).build();
  }

  private final class Directory implements Campaigns {
    @Override
    public String childOfNow(String activityId, long actId) {
      orderCenterRefuses.ifPresent(reason -> {
        throw Refused.of(reason, "as told");
      });
      return "spring-official";
    }

    @Override
    public Set<String> children(String activityId) {
      return Set.of("spring-official", "spring-grey");
    }
  }

  @BeforeEach
  void serves() {
    assertThat(server.isShutdown()).isFalse();
  }

  @AfterEach
  void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void getWallet_ofTheSessionsUser_addsUpWhatTheReaderSays() {
    Wallet wallet = wallet(ACT_ID).getWallet(request()).getWallet();
    assertThat(wallet)
        .isEqualTo(
            Wallet.newBuilder()
                .setActivityId("spring-official")
                .setBalanceFen(82)
                .setWithdrawableFen(70)
                .setPendingFen(12)
                .setPendingCount(2)
                .setTotalIncomeFen(132)
                .addPurses(
                    PurseBalance.newBuilder()
                        .setPurse(dev.lantern.wallet.v1.Purse.PURSE_CASH)
                        .setBalanceFen(82)
                        .setBookedFen(100)
                        .setPendingFen(12)
                        .setHeldFen(30))
                .addPurses(
                    PurseBalance.newBuilder()
                        .setPurse(dev.lantern.wallet.v1.Purse.PURSE_VIDEO_SUBSIDY))
                .build());
  }

  @Test
  void getWallet_ofAnEarlierChildByItsId_isOfThatChild() {
    GetWalletRequest earlier = request().toBuilder().setChildActivityId("spring-grey").build();
    assertThat(wallet(ACT_ID).getWallet(earlier).getWallet().getActivityId())
        .isEqualTo("spring-grey");
  }

  @Test
  void getWallet_withRedisDownOrYoung_saysThatTokensAreMissing() {
    tokens = new TokenMap.Unusable(TokenMap.Why.UNREACHABLE);
    Wallet wallet = wallet(ACT_ID).getWallet(request()).getWallet();
    assertThat(wallet.getDegradedSourcesList()).containsExactly("tokens");
    assertThat(wallet.getBalanceFen()).isEqualTo(75);
    tokens = new TokenMap.Read("young", List.of());
    ledger = new FixedLedger(false);
    assertThat(wallet(ACT_ID).getWallet(request()).getWallet().getDegradedSourcesList())
        .containsExactly("tokens");
  }

  @Test
  void getWallet_withoutTheLedger_isRefused() {
    ledger =
        _ -> {
          throw new StoreUnavailableException("down", null);
        };
    ErrorInfo refusal = refusalOf(() -> wallet(ACT_ID).getWallet(request()));
    assertThat(refusal.getReason()).isEqualTo("DEPENDENCY_DOWN");
    assertThat(refusal.getMetadataMap()).containsEntry("dependency", "mysql");
  }

  @Test
  void getWallet_withoutASession_isUnauthenticated() {
    assertThat(
            refusalOf(() -> WalletServiceGrpc.newBlockingStub(channel).getWallet(request()))
                .getReason())
        .isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void getWallet_byAnyoneButTheEdge_isForbidden() {
    for (String name : List.of("operator", "order-center", "control-plane")) {
      peer = new SpiffeId(name);
      assertThat(refusalOf(() -> wallet(ACT_ID).getWallet(request())).getReason())
          .as(name)
          .isEqualTo("FORBIDDEN");
    }
  }

  @Test
  void getWallet_inTheStressLane_seesNothingOfTheLiveOne() {
    ErrorInfo refusal =
        refusalOf(() ->
            WalletServiceGrpc.newBlockingStub(channel)
                .withInterceptors(EdgeCalls.user(ACT_ID, "stress"))
                .getWallet(request()));
    assertThat(refusal.getReason()).isEqualTo("FORBIDDEN");
    assertThat(refusal.getMetadataMap()).containsEntry("rule", "lane");
  }

  @Test
  void getWallet_switchedOff_saysWhichSwitch() {
    switchedOn = false;
    ErrorInfo refusal = refusalOf(() -> wallet(ACT_ID).getWallet(request()));
    assertThat(refusal.getReason()).isEqualTo("SWITCHED_OFF");
    assertThat(refusal.getMetadataMap()).containsEntry("rule", "wallet.view");
    assertThat(refusalOf(() -> wallet(ACT_ID).listFlows(flows(3, ""))).getReason())
        .isEqualTo("SWITCHED_OFF");
  }

  @Test
  void getWallet_ofAnActivityThatIsNotTheUsers_isUnknown() {
    orderCenterRefuses = Optional.of(Reason.REASON_UNKNOWN_ACTIVITY);
    assertThat(refusalOf(() -> wallet(ACT_ID).getWallet(request())).getReason())
        .isEqualTo("UNKNOWN_ACTIVITY");
    GetWalletRequest foreign = request().toBuilder().setChildActivityId("autumn").build();
    assertThat(refusalOf(() -> wallet(ACT_ID).getWallet(foreign)).getReason())
        .isEqualTo("UNKNOWN_ACTIVITY");
  }

  @Test
  void getWallet_ofAMalformedActivity_namesTheField() {
    ErrorInfo refusal =
        refusalOf(() ->
            wallet(ACT_ID).getWallet(GetWalletRequest.newBuilder().setActivityId("a_b").build()));
    assertThat(refusal.getReason()).isEqualTo("INVALID_FIELD");
    assertThat(refusal.getMetadataMap()).containsEntry("field", "activity_id");
  }

  @Test
  void listFlows_pagedToItsEnd_givesEachOnceNewestFirst() {
    List<Flow> all = new ArrayList<>();
    String token = "";
    do {
      ListFlowsResponse page = wallet(ACT_ID).listFlows(flows(3, token));
      assertThat(page.getFlowsCount()).isLessThanOrEqualTo(3);
      all.addAll(page.getFlowsList());
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    assertThat(all).extracting(Flow::getAmountFen).containsExactly(7L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
    assertThat(all.getFirst().getState()).isEqualTo(FlowState.FLOW_STATE_PROCESSING);
    assertThat(all.getFirst().getTitle()).isEqualTo("A little luck");
    assertThat(all.getFirst().getCreateTime().getSeconds())
        .isEqualTo(FixedLedger.AT.getEpochSecond());
    assertThat(all.getLast().getState()).isEqualTo(FlowState.FLOW_STATE_DONE);
  }

  @Test
  void listFlows_ofNoSizeOrAnAbsurdOne_isBounded() {
    assertThat(wallet(ACT_ID).listFlows(flows(0, "")).getFlowsCount()).isEqualTo(8);
    assertThat(wallet(ACT_ID).listFlows(flows(Integer.MAX_VALUE, "")).getFlowsCount()).isEqualTo(8);
    assertThat(refusalOf(() -> wallet(ACT_ID).listFlows(flows(-1, ""))).getReason())
        .isEqualTo("INVALID_FIELD");
  }

  @Test
  void listFlows_withSomebodyElsesToken_isRefusedAndNamesTheField() {
    String theirs = wallet(ACT_ID + 1).listFlows(flows(3, "")).getNextPageToken();
    ErrorInfo refusal = refusalOf(() -> wallet(ACT_ID).listFlows(flows(3, theirs)));
    assertThat(refusal.getReason()).isEqualTo("INVALID_FIELD");
    assertThat(refusal.getMetadataMap()).containsEntry("field", "page_token");
    assertThat(refusalOf(() -> wallet(ACT_ID).listFlows(flows(3, "garbage"))).getReason())
        .isEqualTo("INVALID_FIELD");
  }

  @Test
  void presentTokens_areHandedInAsTheSessionsUsers_alsoWithTheWalletSwitchedOff() {
    switchedOn = false;
    List<Long> users = new ArrayList<>();
    copies =
        (actId, given) -> {
          users.add(actId);
          return List.of(
              entered(PresentedState.PRESENTED_STATE_BOOKED),
              outstanding("4711_rain_8_1_3", 40, "spring-official"));
        };
    assertThat(wallet(ACT_ID).presentTokens(present(2)).getTokensList())
        .extracting(PresentedToken::getState)
        .containsExactly(
            PresentedState.PRESENTED_STATE_BOOKED, PresentedState.PRESENTED_STATE_OUTSTANDING);
    assertThat(users).containsExactly(ACT_ID);
  }

  @Test
  void presentTokens_noneOrTooManyOrWithoutASession_isRefused() {
    for (int count : new int[] {0, 51}) {
      assertThat(refusalOf(() -> wallet(ACT_ID).presentTokens(present(count))).getReason())
          .isEqualTo("INVALID_FIELD");
    }
    assertThat(
            refusalOf(() -> WalletServiceGrpc.newBlockingStub(channel).presentTokens(present(1)))
                .getReason())
        .isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void presentTokens_withOrderCenterDown_isRefused() {
    copies = WalletServiceTest::away;
    ErrorInfo refusal = refusalOf(() -> wallet(ACT_ID).presentTokens(present(1)));
    assertThat(refusal.getReason()).isEqualTo("DEPENDENCY_DOWN");
  }

  @Test
  void getWallet_withCopies_countsThoseThatStayOutstanding_ofItsChild_once() {
    tokens = new TokenMap.Unusable(TokenMap.Why.NO_EPOCH);
    copies =
        (_, _) ->
            List.of(
                entered(PresentedState.PRESENTED_STATE_BOOKED),
                outstanding("4711_rain_8_1_3", 40, "spring-official"),
                outstanding("4711_rain_8_1_3", 40, "spring-official"),
                outstanding("4711_rain_9_1_3", 1, "spring-grey"));
    Wallet wallet = wallet(ACT_ID).getWallet(withCopies()).getWallet();
    assertThat(wallet.getBalanceFen()).isEqualTo(75 + 40);
    assertThat(wallet.getPendingCount()).isEqualTo(2);
    assertThat(wallet.getDegradedSourcesList()).containsExactly("tokens");
  }

  @Test
  void getWallet_withACopyThatNobodyConfirms_countsIt_andIsNotExact() {
    copies =
        (_, _) -> {
          EnteredToken copy = outstanding("4711_rain_8_1_3", 40, "spring-official");
          return List.of(
              copy.toBuilder()
                  .setPresented(copy.getPresented().toBuilder().setProblem("UNCONFIRMED"))
                  .build());
        };
    Wallet wallet = wallet(ACT_ID).getWallet(withCopies()).getWallet();
    assertThat(wallet.getBalanceFen()).isEqualTo(82 + 40);
    assertThat(wallet.getDegradedSourcesList()).containsExactly("copies");
  }

  @Test
  void getWallet_withCopiesThatCannotBeHandedIn_isShownAndSaysSo() {
    copies = WalletServiceTest::away;
    Wallet wallet = wallet(ACT_ID).getWallet(withCopies()).getWallet();
    assertThat(wallet.getBalanceFen()).isEqualTo(82);
    assertThat(wallet.getDegradedSourcesList()).containsExactly("copies");
  }

  private static List<EnteredToken> away(long actId, List<SignedToken> given) {
    throw Refused.of(Reason.REASON_DEPENDENCY_DOWN, "as told").dependency("order-center");
  }

  private static EnteredToken entered(PresentedState state) {
    return EnteredToken.newBuilder()
        .setPresented(PresentedToken.newBuilder().setOrderNo("4711_rain_1_1_3").setState(state))
        .build();
  }

  private static EnteredToken outstanding(String orderNo, long fen, String childId) {
    return EnteredToken.newBuilder()
        .setPresented(
            PresentedToken.newBuilder()
                .setOrderNo(orderNo)
                .setState(PresentedState.PRESENTED_STATE_OUTSTANDING)
                .setProblem("BUSY"))
        .setAward(
            Award.newBuilder().setAwardType(AwardType.AWARD_TYPE_CASH_RED_PACKET).setAmountFen(fen))
        .setActivityId(childId)
        .build();
  }

  private static PresentTokensRequest present(int count) {
    return PresentTokensRequest.newBuilder()
        .addAllTokens(Collections.nCopies(count, SignedToken.getDefaultInstance()))
        .build();
  }

  private static GetWalletRequest withCopies() {
    return request().toBuilder().addTokens(SignedToken.getDefaultInstance()).build();
  }

  private WalletServiceGrpc.WalletServiceBlockingStub wallet(long actId) {
    return WalletServiceGrpc.newBlockingStub(channel)
        .withInterceptors(EdgeCalls.user(actId, "live"));
  }

  private static GetWalletRequest request() {
    return GetWalletRequest.newBuilder().setActivityId("spring").build();
  }

  private static ListFlowsRequest flows(int size, String token) {
    return ListFlowsRequest.newBuilder()
        .setActivityId("spring")
        .setPageSize(size)
        .setPageToken(token)
        .build();
  }
}
