package dev.lantern.controlplane;

import dev.lantern.mesh.v1.LimitServiceGrpc;
import dev.lantern.mesh.v1.PolicyServiceGrpc;
import dev.lantern.mesh.v1.SwitchServiceGrpc;
import dev.lantern.runtime.identity.AccessPolicy;
import io.grpc.MethodDescriptor;
import java.util.List;

/// Operators steer, a second person agrees, viewers look, services and limiters watch and report.
final class Access {
  private static final String OPERATOR = "operator";

  /// A second person: another certificate than the operator's.
  private static final String APPROVER = "approver";

  /// Sees everything and changes nothing.
  private static final String VIEWER = "viewer";

  private static final String[] SERVICES = {
    "order-center", "wallet-api", "token-service", "counter-service"
  };

  /// What changes nothing.
  private static final List<MethodDescriptor<?, ?>> LOOKS =
      List.of(
          PolicyServiceGrpc.getValidatePolicyMethod(),
          PolicyServiceGrpc.getPreviewPolicyMethod(),
          PolicyServiceGrpc.getDiffPolicyMethod(),
          PolicyServiceGrpc.getListRevisionsMethod(),
          PolicyServiceGrpc.getGetPolicyMethod(),
          PolicyServiceGrpc.getGetRolloutMethod(),
          PolicyServiceGrpc.getListAuditMethod(),
          SwitchServiceGrpc.getListSwitchesMethod(),
          SwitchServiceGrpc.getListLevelsMethod(),
          SwitchServiceGrpc.getListLevelChangesMethod(),
          LimitServiceGrpc.getListLimitersMethod());

  /// What a second person does.
  private static final List<MethodDescriptor<?, ?>> DECISIONS =
      List.of(
          SwitchServiceGrpc.getApproveLevelMethod(),
          SwitchServiceGrpc.getRefuseLevelMethod(),
          SwitchServiceGrpc.getReviewLevelMethod());

  private Access() {}

  static AccessPolicy policy() {
    var policy =
        AccessPolicy.builder()
            .service(PolicyServiceGrpc.SERVICE_NAME, OPERATOR)
            .service(SwitchServiceGrpc.SERVICE_NAME, OPERATOR)
            .service(LimitServiceGrpc.SERVICE_NAME, OPERATOR)
            .method(LimitServiceGrpc.getWatchLimitsMethod(), "ratelimit", OPERATOR)
            .method(SwitchServiceGrpc.getReportSwitchesMethod(), SERVICES)
            .method(SwitchServiceGrpc.getWatchSwitchesMethod(), and(SERVICES, OPERATOR));
    LOOKS.forEach(method -> policy.method(method, OPERATOR, APPROVER, VIEWER));
    DECISIONS.forEach(method -> policy.method(method, OPERATOR, APPROVER));
    return policy.build();
  }

  private static String[] and(String[] some, String another) {
    return java.util.stream.Stream.concat(
            java.util.Arrays.stream(some), java.util.stream.Stream.of(another))
        .toArray(String[]::new);
  }
}
