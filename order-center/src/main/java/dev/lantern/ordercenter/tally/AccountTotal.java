package dev.lantern.ordercenter.tally;

import java.util.Optional;

/// One platform sub-account's totals so far; they only rise.
///
/// @param seq moves with every change
public record AccountTotal(
    String account, int partition, String parentActivityId, long fen, long entries, long seq) {

  private static final String COST = "cost:";

  /// The child activity whose cost it is; empty for an account that no counter shows.
  Optional<String> child() {
    return account.startsWith(COST)
        ? Optional.of(account.substring(COST.length()))
        : Optional.empty();
  }

  /// Who reports it: each sub-account is a writer of its own, whichever process sends.
  String writer() {
    return "settle:" + account + ":" + partition;
  }
}
