package dev.lantern.ordercenter;

import dev.lantern.campaign.v1.CampaignServiceGrpc;
import dev.lantern.order.v1.AccountingServiceGrpc;
import dev.lantern.order.v1.BudgetServiceGrpc;
import dev.lantern.order.v1.OrderServiceGrpc;
import dev.lantern.order.v1.ParkedServiceGrpc;
import dev.lantern.order.v1.ReconciliationServiceGrpc;
import dev.lantern.order.v1.ReissueServiceGrpc;
import dev.lantern.order.v1.StressLaneServiceGrpc;
import dev.lantern.order.v1.WarmServiceGrpc;
import dev.lantern.play.v1.PlayServiceGrpc;
import dev.lantern.runtime.identity.AccessPolicy;
import dev.lantern.runtime.identity.SpiffeId;

/// Who may call order-center: users play and read their orders, operators steer, wallet-api asks
/// which stage a user is in and which children an activity has, reads a user's books and has their
/// orders settled; services of activity teams issue rewards.
final class Access {
  private static final String OPERATOR = "operator";

  /// A second person: another certificate than the operator's.
  private static final String APPROVER = "approver";

  private static final String WALLET_API = "wallet-api";

  /// Activity teams' services, which embed the SDK: they issue, look, and have users settled.
  private static final String UPSTREAM = "upstream";

  /// Does in the stress lane what operators do in the live one; it has no other lane.
  private static final String DRIVER = SpiffeId.STRESS_DRIVER.name();

  private Access() {}

  static AccessPolicy policy() {
    return AccessPolicy.builder()
        .carriers(WALLET_API)
        .users(PlayServiceGrpc.getGrabMethod())
        .service(OrderServiceGrpc.SERVICE_NAME, OPERATOR, DRIVER, UPSTREAM)
        .users(OrderServiceGrpc.getGetOrderMethod(), OPERATOR, DRIVER, WALLET_API, UPSTREAM)
        .users(OrderServiceGrpc.getListOrdersMethod(), OPERATOR, DRIVER, WALLET_API)
        .service(CampaignServiceGrpc.SERVICE_NAME, OPERATOR, DRIVER)
        .method(CampaignServiceGrpc.getResolveStageMethod(), OPERATOR, DRIVER, WALLET_API)
        .method(CampaignServiceGrpc.getGetCampaignMethod(), OPERATOR, DRIVER, WALLET_API)
        .service(BudgetServiceGrpc.SERVICE_NAME, OPERATOR, DRIVER)
        .method(BudgetServiceGrpc.getGetBudgetMethod(), OPERATOR, DRIVER, UPSTREAM)
        .service(ParkedServiceGrpc.SERVICE_NAME, OPERATOR, DRIVER)
        .service(AccountingServiceGrpc.SERVICE_NAME, OPERATOR, DRIVER, WALLET_API)
        .method(
            AccountingServiceGrpc.getForceSettleMethod(), OPERATOR, DRIVER, WALLET_API, UPSTREAM)
        .method(AccountingServiceGrpc.getEnterTokensMethod(), WALLET_API)
        .service(StressLaneServiceGrpc.SERVICE_NAME, OPERATOR)
        .service(WarmServiceGrpc.SERVICE_NAME, OPERATOR)
        .service(ReconciliationServiceGrpc.SERVICE_NAME, OPERATOR)
        .service(ReissueServiceGrpc.SERVICE_NAME, OPERATOR, APPROVER)
        .build();
  }
}
