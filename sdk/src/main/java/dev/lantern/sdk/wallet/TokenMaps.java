package dev.lantern.sdk.wallet;

/// The token maps of Redis A.
@FunctionalInterface
public interface TokenMaps {
  /// Reads the promises of one user in one child activity. Always answers, within its own deadline:
  /// trouble is [TokenMap.Unusable]. The answer holds promises of the key's lane, user and child
  /// alone.
  TokenMap read(WalletKey key);
}
