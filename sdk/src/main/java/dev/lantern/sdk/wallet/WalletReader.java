package dev.lantern.sdk.wallet;

import dev.lantern.sdk.wallet.Ledger.Question;
import dev.lantern.sdk.wallet.Ledger.Wanted;
import java.util.Optional;

/// Reads wallets, in the one order of reads that law VIEW allows.
///
/// **Redis first, then one consistent read of the ledger begun after Redis has answered** (W1). An
/// order moves one way: its token is written before the user is told, its row is committed, and
/// only then is its token removed (S5). Looking at the place it leaves before the place it goes to,
/// one can see it twice but never miss it, and seen twice it is counted once, by its number. The
/// other way round, the row may be committed and the token removed between the two looks: the books
/// are too old to have the row, Redis too new to have the token, and promised money vanishes. Books
/// read at two instants would tear the same way: a number not yet handled at the first, already in
/// the balance at the second, counts twice.
///
/// The epoch (W2) is read with the map, in one script on one server, and judged by the books:
/// "settled" there means that every order whose token an earlier life of Redis may have lost is
/// booked in these very books.
public final class WalletReader {
  private final TokenMaps tokens;
  private final Ledger ledger;

  public WalletReader(TokenMaps tokens, Ledger ledger) {
    this.tokens = tokens;
    this.ledger = ledger;
  }

  /// The wallet as of the ledger's instant. Throws the store's exception when the ledger is down; a
  /// Redis that is down makes the view partial.
  public WalletView wallet(WalletKey key) {
    TokenMap map = tokens.read(key);
    return WalletView.of(map, ledger.read(Question.of(map, key, new Wanted.Sums())));
  }

  /// Up to `limit` flows older than `after`, newest first; see [FlowPage] for what is stable.
  public FlowPage flows(WalletKey key, Optional<FlowPosition> after, int limit) {
    TokenMap map = tokens.read(key);
    // One more than asked for: enough to know whether anything follows.
    Wanted page = new Wanted.Flows(after, Math.addExact(limit, 1));
    return FlowPage.of(map, ledger.read(Question.of(map, key, page)), after, limit);
  }
}
