package dev.lantern.walletapi.wallet;

import dev.lantern.common.v1.Lane;
import dev.lantern.common.v1.Reason;
import dev.lantern.order.v1.EnteredToken;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.runtime.identity.RequestContext;
import dev.lantern.sdk.wallet.FlowPage;
import dev.lantern.sdk.wallet.FlowPageTokens;
import dev.lantern.sdk.wallet.FlowPosition;
import dev.lantern.sdk.wallet.WalletKey;
import dev.lantern.sdk.wallet.WalletReader;
import dev.lantern.sdk.wallet.WalletView;
import dev.lantern.wallet.v1.GetWalletRequest;
import dev.lantern.wallet.v1.GetWalletResponse;
import dev.lantern.wallet.v1.ListFlowsRequest;
import dev.lantern.wallet.v1.ListFlowsResponse;
import dev.lantern.wallet.v1.PresentTokensRequest;
import dev.lantern.wallet.v1.PresentTokensResponse;
import dev.lantern.wallet.v1.WalletServiceGrpc;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/// `WalletService`: the session's user, and nobody else's wallet.
public final class WalletEndpoint extends WalletServiceGrpc.WalletServiceImplBase {
  /// Copies given in the call that could not be handed in.
  private static final String COPIES = "copies";

  private static final int PAGE_DEFAULT = 50;
  private static final int PAGE_MAX = 100;

  private final Lane lane;
  private final WalletReader reader;
  private final Children children;
  private final Copies copies;
  private final BooleanSupplier switchedOn;

  /// @param lane whose wallets are shown; `reader` reads that lane's stores, `children` asks about
  ///   that lane's campaigns
  /// @param copies takes clients' tokens, of the lane of the call
  public WalletEndpoint(
      Lane lane,
      WalletReader reader,
      Children children,
      Copies copies,
      BooleanSupplier switchedOn) {
    this.lane = lane;
    this.reader = reader;
    this.children = children;
    this.copies = copies;
    this.switchedOn = switchedOn;
  }

  @Override
  public void getWallet(GetWalletRequest request, StreamObserver<GetWalletResponse> observer) {
    Asked asked = asked(request.getActivityId(), request.getChildActivityId());
    // Before the reader looks: what is booked by this is in its books.
    PresentedCopies presented = PresentedCopies.of(copies, asked.key(), request.getTokensList());
    WalletView view = reader.wallet(asked.key(), presented.promises());
    Set<String> lacking =
        new TreeSet<>(WalletMessages.degraded(view.missing(), asked.fromMemory()));
    if (!presented.whole()) {
      lacking.add(COPIES);
    }
    observer.onNext(
        GetWalletResponse.newBuilder()
            .setWallet(WalletMessages.wallet(view, asked.key(), lacking))
            .build());
    observer.onCompleted();
  }

  /// Not behind the switch of the wallet's view: what is handed in is to be paid.
  @Override
  public void presentTokens(
      PresentTokensRequest request, StreamObserver<PresentTokensResponse> observer) {
    long actId = user();
    PresentTokensResponse.Builder response = PresentTokensResponse.newBuilder();
    copies.enter(actId, request.getTokensList()).stream()
        .map(EnteredToken::getPresented)
        .forEach(response::addTokens);
    observer.onNext(response.build());
    observer.onCompleted();
  }

  @Override
  public void listFlows(ListFlowsRequest request, StreamObserver<ListFlowsResponse> observer) {
    Asked asked = asked(request.getActivityId(), request.getChildActivityId());
    int limit = request.getPageSize() == 0 ? PAGE_DEFAULT : request.getPageSize();
    FlowPage page =
        reader.flows(
            asked.key(), after(asked.key(), request.getPageToken()), Math.min(limit, PAGE_MAX));
    observer.onNext(WalletMessages.flows(page, asked.key(), asked.fromMemory()));
    observer.onCompleted();
  }

  /// Whose wallet, and whether order-center had to be answered for from memory.
  private record Asked(WalletKey key, boolean fromMemory) {}

  private Asked asked(String activityId, String childActivityId) {
    if (!switchedOn.getAsBoolean()) {
      throw Refused.of(Reason.REASON_SWITCHED_OFF, "the wallet is switched off for now")
          .rule(WalletSwitch.VIEW.id());
    }
    long actId = user();
    Children.Child child = children.of(activityId, childActivityId, actId);
    return new Asked(new WalletKey(lane.getNumber(), actId, child.id()), child.fromMemory());
  }

  private long user() {
    RequestContext context = RequestContext.current();
    long actId = context.requireUser().actId();
    if (context.lane() != lane) {
      // The stores here are one lane's; a call of the other must not see them.
      throw Refused.of(Reason.REASON_FORBIDDEN, "this wallet serves another lane").rule("lane");
    }
    return actId;
  }

  private static Optional<FlowPosition> after(WalletKey key, String pageToken) {
    if (pageToken.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        FlowPageTokens.read(key, pageToken)
            .orElseThrow(() ->
                Refused.of(Reason.REASON_INVALID_FIELD, "not a page token of this wallet")
                    .field("page_token")));
  }
}
