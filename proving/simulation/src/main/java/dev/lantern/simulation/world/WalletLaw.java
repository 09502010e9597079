package dev.lantern.simulation.world;

import dev.lantern.sdk.wallet.WalletView;
import java.util.List;

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
    long atMost = mostFen(user, child);
    if (shown < due || shown > atMost) {
      witness.broken("VIEW", user + " is shown " + shown + ", not " + due + ".." + atMost);
    }
  }

  /// W2 on an answer that good copies were given for: each of them counts, and nothing twice,
  /// whatever else cannot be read.
  void checkCopies(long user, String child, List<ClientCopies.Copy> given, WalletView view) {
    long due =
        given.stream()
            .map(copy -> copy.story)
            .distinct()
            .filter(story -> !story.mayBeEnded)
            .mapToLong(OrderStory::leastTold)
            .sum();
    long atMost = mostFen(user, child);
    long shown = view.balanceFen();
    witness.note("wallet", user + " shows " + shown + " with copies of " + due);
    if (shown < due || shown > atMost) {
      witness.broken(
          "VIEW", user + " is shown " + shown + " with copies, not " + due + ".." + atMost);
    }
  }

  private long mostFen(long user, String child) {
    return witness.stories().stream()
            .filter(story -> story.isOf(user, child))
            .mapToLong(story ->
                witness.lostSince(story)
                    ? story.allAsked() + Campaign.SMALL_FEN
                    : Math.max(Campaign.SMALL_FEN, story.mostAsked()))
            .sum()
        + reissues.mostOf(user, child);
  }

  /// What an operator may have ended since the wallet was asked for.
  private long endableFen(long user, String child) {
    return witness.stories().stream()
        .filter(story -> story.isOf(user, child) && witness.mayBeGone(story))
        .mapToLong(OrderStory::mostTold)
        .sum();
  }

  /// What this user was told so far, at least.
  long acknowledgedFen(long user, String child) {
    return witness.stories().stream()
        .filter(story -> story.isOf(user, child) && !witness.mayBeGone(story))
        .mapToLong(witness::dueFen)
        .sum();
  }
}
