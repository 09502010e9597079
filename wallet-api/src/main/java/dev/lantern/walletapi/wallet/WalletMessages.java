package dev.lantern.walletapi.wallet;

import com.google.protobuf.Timestamp;
import dev.lantern.sdk.wallet.FlowPage;
import dev.lantern.sdk.wallet.FlowPageTokens;
import dev.lantern.sdk.wallet.WalletKey;
import dev.lantern.sdk.wallet.WalletView;
import dev.lantern.sdk.wallet.WalletView.PurseView;
import dev.lantern.sdk.wallet.WalletView.Source;
import dev.lantern.wallet.v1.Flow;
import dev.lantern.wallet.v1.FlowKind;
import dev.lantern.wallet.v1.FlowState;
import dev.lantern.wallet.v1.ListFlowsResponse;
import dev.lantern.wallet.v1.Purse;
import dev.lantern.wallet.v1.PurseBalance;
import dev.lantern.wallet.v1.Wallet;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The reader's figures as the API's messages.
final class WalletMessages {
  /// order-center could not be asked which child is the user's of now; the last answer was used.
  private static final String STAGE = "stage";

  private WalletMessages() {}

  /// @param lacking the sources that are not in the figures
  static Wallet wallet(WalletView view, WalletKey key, Collection<String> lacking) {
    return Wallet.newBuilder()
        .setActivityId(key.childActivityId())
        .setBalanceFen(view.balanceFen())
        .setWithdrawableFen(view.withdrawableFen())
        .setPendingFen(view.pendingFen())
        .setPendingCount(view.pendingCount())
        .setTotalIncomeFen(view.incomeFen())
        .addAllPurses(view.purses().stream().map(WalletMessages::purse).toList())
        .addAllDegradedSources(lacking)
        .build();
  }

  static ListFlowsResponse flows(FlowPage page, WalletKey key, boolean childFromMemory) {
    return ListFlowsResponse.newBuilder()
        .addAllFlows(page.flows().stream().map(WalletMessages::flow).toList())
        .setNextPageToken(
            page.next().map(position -> FlowPageTokens.write(key, position)).orElse(""))
        .addAllDegradedSources(degraded(page.missing(), childFromMemory))
        .build();
  }

  private static PurseBalance purse(PurseView purse) {
    return PurseBalance.newBuilder()
        .setPurse(
            switch (purse.purse()) {
              case CASH -> Purse.PURSE_CASH;
              case VIDEO_SUBSIDY -> Purse.PURSE_VIDEO_SUBSIDY;
            })
        .setBalanceFen(purse.balanceFen())
        .setBookedFen(purse.bookedFen())
        .setPendingFen(purse.pendingFen())
        .setHeldFen(purse.heldFen())
        .build();
  }

  private static Flow flow(dev.lantern.sdk.wallet.Flow flow) {
    var at = flow.position().acceptedAt();
    return Flow.newBuilder()
        .setKind(FlowKind.FLOW_KIND_DEPOSIT)
        .setAmountFen(flow.amountFen())
        .setState(
            switch (flow.state()) {
              case PROCESSING -> FlowState.FLOW_STATE_PROCESSING;
              case DONE -> FlowState.FLOW_STATE_DONE;
              case FAILED -> FlowState.FLOW_STATE_FAILED;
            })
        .setTitle(flow.title())
        .setCreateTime(
            Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()))
        .setOrderNo(flow.position().orderNo())
        .build();
  }

  /// In alphabetical order.
  static List<String> degraded(Set<Source> missing, boolean childFromMemory) {
    return Stream.concat(
            missing.stream().map(Source::apiName),
            childFromMemory ? Stream.of(STAGE) : Stream.empty())
        .sorted()
        .toList();
  }
}
