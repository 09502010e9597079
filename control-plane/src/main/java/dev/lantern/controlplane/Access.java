package dev.lantern.controlplane;

import dev.lantern.mesh.v1.PolicyServiceGrpc;
import dev.lantern.mesh.v1.SwitchServiceGrpc;
import dev.lantern.runtime.identity.AccessPolicy;

/// Operators steer; services watch.
final class Access {
  private static final String OPERATOR = "operator";

  /// A second person: another certificate than the operator's.
  private static final String APPROVER = "approver";

  private Access() {}

  static AccessPolicy policy() {
    return AccessPolicy.builder()
        .service(PolicyServiceGrpc.SERVICE_NAME, OPERATOR)
        .service(SwitchServiceGrpc.SERVICE_NAME, OPERATOR)
        .method(SwitchServiceGrpc.getListSwitchesMethod(), OPERATOR, APPROVER)
        .method(SwitchServiceGrpc.getListLevelsMethod(), OPERATOR, APPROVER)
        .method(SwitchServiceGrpc.getListLevelChangesMethod(), OPERATOR, APPROVER)
        .method(SwitchServiceGrpc.getApproveLevelMethod(), OPERATOR, APPROVER)
        .method(SwitchServiceGrpc.getRefuseLevelMethod(), OPERATOR, APPROVER)
        .method(SwitchServiceGrpc.getReviewLevelMethod(), OPERATOR, APPROVER)
        .method(PolicyServiceGrpc.getListAuditMethod(), OPERATOR, APPROVER)
        .method(
            SwitchServiceGrpc.getReportSwitchesMethod(),
            "order-center",
            "wallet-api",
            "token-service",
            "counter-service")
        .method(
            SwitchServiceGrpc.getWatchSwitchesMethod(),
            "order-center",
            "wallet-api",
            "token-service",
            "counter-service",
            OPERATOR)
        .build();
  }
}
