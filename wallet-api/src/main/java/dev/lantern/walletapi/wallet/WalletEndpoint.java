package dev.lantern.walletapi.wallet;

import dev.lantern.common.v1.Lane;
import dev.lantern.common.v1.Reason;
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
import dev.lantern.wallet.v1.WalletServiceGrpc;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// `WalletService`: the session's user, and nobody else's wallet.
public final class WalletEndpoint extends WalletServiceGrpc.WalletServiceImplBase {
  /// The switch that takes the wallet away; the edge obeys it, too.
  public static final String SWITCH = "wallet.view";

  private static final int PAGE_DEFAULT = 50;
  private static final int PAGE_MAX = 100;

  private final Lane lane;
  private final WalletReader reader;
  private final Children children;
  private final BooleanSupplier switchedOn;

  /// @param lane whose wallets are shown; `reader` reads that lane's stores, `children` asks about
  ///   that lane's campaigns
  public WalletEndpoint(
      Lane lane, WalletReader reader, Children children, BooleanSupplier switchedOn) {
    this.lane = lane;
    this.reader = reader;
    this.children = children;
    this.switchedOn = switchedOn;
  }

  @Override
  public void getWallet(GetWalletRequest request, StreamObserver<GetWalletResponse> observer) {
    Asked asked = asked(request.getActivityId(), request.getChildActivityId());
    WalletView view = reader.wallet(asked.key());
    observer.onNext(
        GetWalletResponse.newBuilder()
            .setWallet(WalletMessages.wallet(view, asked.key(), asked.fromMemory()))
            .build());
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
          .rule(SWITCH);
    }
    RequestContext context = RequestContext.current();
    long actId = context.requireUser().actId();
    if (context.lane() != lane) {
      // The stores here are one lane's; a call of the other must not see them.
      throw Refused.of(Reason.REASON_FORBIDDEN, "this wallet serves another lane").rule("lane");
    }
    Children.Child child = children.of(activityId, childActivityId, actId);
    return new Asked(
        new WalletKey(context.lane().getNumber(), actId, child.id()), child.fromMemory());
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
