package dev.lantern.tokenservice;

import dev.lantern.runtime.identity.AccessPolicy;
import dev.lantern.runtime.identity.SpiffeId;
import dev.lantern.token.v1.TokenServiceGrpc;

/// Who may call the token service. Each signature is made for the one process that may promise it.
final class Access {

  private Access() {}

  static AccessPolicy policy() {
    return AccessPolicy.builder()
        .carriers("order-center", "wallet-api")
        .method(TokenServiceGrpc.getSignTokensMethod(), "order-center")
        .method(TokenServiceGrpc.getVerifyTokensMethod(), "order-center", "wallet-api", "operator")
        .method(
            TokenServiceGrpc.getIssueSessionMethod(), "wallet-api", SpiffeId.STRESS_DRIVER.name())
        .method(TokenServiceGrpc.getRotateKeyMethod(), "operator")
        .method(TokenServiceGrpc.getRevokeKeyMethod(), "operator")
        .method(TokenServiceGrpc.getRevokeEpochMethod(), "operator")
        .method(TokenServiceGrpc.getSetSigningMethod(), "order-center", "operator")
        .method(TokenServiceGrpc.getListSignedRootsMethod(), "order-center", "operator")
        .method(
            TokenServiceGrpc.getListKeysMethod(),
            "order-center",
            "wallet-api",
            "token-service",
            "counter-service",
            "control-plane",
            "operator")
        .build();
  }
}
