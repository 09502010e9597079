package dev.lantern.walletapi;

import dev.lantern.identity.v1.IdentityServiceGrpc;
import dev.lantern.runtime.identity.AccessPolicy;
import dev.lantern.wallet.v1.WalletServiceGrpc;

/// Who may call wallet-api: users through the edge, and nobody else. A wallet is looked at by its
/// owner; what operators need is in order-center's books.
public final class Access {
  private Access() {}

  public static AccessPolicy policy() {
    return AccessPolicy.builder()
        .users(WalletServiceGrpc.getGetWalletMethod())
        .users(WalletServiceGrpc.getListFlowsMethod())
        .users(WalletServiceGrpc.getPresentTokensMethod())
        .anyone(IdentityServiceGrpc.getCreateSessionMethod())
        .build();
  }
}
