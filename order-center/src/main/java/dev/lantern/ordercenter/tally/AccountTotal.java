package dev.lantern.ordercenter.tally;

/// One platform sub-account's totals so far; they only rise.
///
/// @param seq moves with every change
public record AccountTotal(
    String account, int partition, String parentActivityId, long fen, long entries, long seq) {

  /// Who reports it: each sub-account is a writer of its own, whichever process sends.
  String writer() {
    return "settle:" + account + ":" + partition;
  }
}
