package dev.lantern.simulation.world;

import dev.lantern.ordercenter.present.Presented;
import dev.lantern.sdk.wallet.Promise;
import dev.lantern.sdk.wallet.Purse;
import dev.lantern.sdk.wallet.WalletKey;
import dev.lantern.sdk.wallet.WalletReader;
import dev.lantern.sdk.wallet.WalletView;
import dev.lantern.simulation.token.Forgery;
import dev.lantern.simulation.world.ClientCopies.Copy;
import dev.lantern.simulation.world.CopyLaw.Handed;
import dev.lantern.token.v1.SignedToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A wallet asked for with copies (W2): they are handed in first, and then counted where they are
/// good and not booked, once, whatever else cannot be read.
final class CopiesInWallet {
  private static final int MOST = 6;

  private final World world;
  private final WalletReader reader;
  private final CopyParts parts;
  private final CopyLaw law;

  CopiesInWallet(World world, WalletReader reader, CopyParts parts) {
    this.world = world;
    this.reader = reader;
    this.parts = parts;
    this.law = new CopyLaw(world);
  }

  /// Throws what the reader throws.
  void look(WalletKey key) {
    List<Copy> given =
        world.copies.of(key.actId()).stream()
            .filter(copy -> copy.story.isOf(key.actId(), key.childActivityId()))
            .limit(MOST)
            .toList();
    List<Handed> handed = new ArrayList<>();
    given.forEach(copy -> handed.add(new Handed.Good(copy)));
    if (!given.isEmpty() && world.dice.chance(0.3)) {
      handed.add(CopyHolder.forged(given.getFirst(), Forgery.MUTATED));
    }
    long atLeast = world.walletLaw.acknowledgedFen(key.actId(), key.childActivityId());
    Optional<List<Presented>> answers = law.handIn(key.actId(), handed);
    List<SignedToken> tokens = handed.stream().map(Handed::token).toList();
    WalletView view =
        reader.wallet(
            key, answers.map(told -> parts.shown.of(key, tokens, told)).orElse(List.of()));
    world.walletLaw.check(key.actId(), key.childActivityId(), atLeast, view);
    world.walletLaw.checkCopies(
        key.actId(), key.childActivityId(), answers.isPresent() ? given : List.of(), view);
  }

  /// As wallet-api takes the answers.
  static List<Promise> shown(WalletKey key, List<SignedToken> tokens, List<Presented> answers) {
    return answers.stream()
        .flatMap(answer ->
            switch (answer) {
              case Presented.Kept(var promise) -> promise(key, promise).stream();
              case Presented.Outstanding(var promise, _) -> promise(key, promise).stream();
              case Presented.Booked _,
                  Presented.Known _,
                  Presented.Parked _,
                  Presented.NotRead _,
                  Presented.Refused _ ->
                  Optional.<Promise>empty().stream();
            })
        .toList();
  }

  private static Optional<Promise> promise(
      WalletKey key, dev.lantern.ordercenter.settle.Promise promise) {
    boolean theirs =
        promise.outcome().amount().value() > 0
            && promise.childActivityId().equals(key.childActivityId());
    return theirs
        ? Optional.of(
            new Promise(
                promise.orderNo().text(),
                Purse.CASH,
                promise.outcome().amount().value(),
                promise.acceptedAt(),
                promise.outcome().title()))
        : Optional.empty();
  }
}
