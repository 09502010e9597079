package dev.lantern.simulation.world;

import dev.lantern.sdk.wallet.WalletView;

/// Law VIEW: what a wallet shows, between what was told and what was asked for.
final class WalletLaw {
  private final Witness witness;
  private final ReissueCheck reissues;

  /// @param reissues tell what may be shown beside what was asked for
  WalletLaw(Witness witness, ReissueCheck reissues) {
    this.witness = witness;
    this.reissues = reissues;
  }

  /// Law VIEW on an answer that says it is exact.
  ///
  /// @param atLeast what [#acknowledgedFen] said before the wallet was asked
  void check(long user, String child, long atLeast, WalletView view) {
    if (!view.missing().isEmpty()) {
      witness.note("wallet", user + " is partial");
      return;
    }
    long shown = view.balanceFen();
    long due = Math.max(0, atLeast - endableFen(user, child));
    witness.note("wallet", user + " shows " + shown + ", at least " + due);
    long atMost =
        witness.stories().stream()
                .filter(story -> story.isOf(user, child))
                .mapToLong(story ->
                    witness.lostSince(story)
                        ? story.allAsked() + Campaign.SMALL_FEN
                        : Math.max(Campaign.SMALL_FEN, story.mostAsked()))
                .sum()
            + reissues.mostOf(user, child);
    if (shown < due || shown > atMost) {
      witness.broken("VIEW", user + " is shown " + shown + ", not " + due + ".." + atMost);
    }
  }

  /// What an operator may have ended since the wallet was asked for.
  private long endableFen(long user, String child) {
    return witness.stories().stream()
        .filter(story -> story.isOf(user, child) && story.mayBeEnded)
        .mapToLong(OrderStory::mostTold)
        .sum();
  }

  /// What this user was told so far, at least.
  long acknowledgedFen(long user, String child) {
    return witness.stories().stream()
        .filter(story -> story.isOf(user, child) && !story.mayBeEnded)
        .mapToLong(witness::dueFen)
        .sum();
  }
}
