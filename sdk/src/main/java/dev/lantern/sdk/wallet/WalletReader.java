package dev.lantern.sdk.wallet;

import dev.lantern.sdk.wallet.Ledger.Question;
import dev.lantern.sdk.wallet.Ledger.Wanted;
import java.util.List;
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
    return wallet(key, List.of());
  }

  /// The same with promises that the user holds verified copies of: they count as outstanding
  /// unless a row of the ledger stands for them, also while the tokens cannot be read.
  public WalletView wallet(WalletKey key, List<Promise> copies) {
    TokenMap map = tokens.read(key);
    List<String> numbers = copies.stream().map(Promise::orderNo).toList();
    Question question = Question.of(map, key, new Wanted.Sums()).and(numbers);
    return WalletView.of(map, ledger.read(question), copies);
  }

  /// Whether this user has had the money of an order number, promised or in the ledger. One that an
  /// operator has ended counts: nothing more will come of the number.
  public Receipt receipt(WalletKey key, String orderNo) {
    TokenMap map = tokens.read(key);
    Question question = Question.of(map, key, new Wanted.Sums()).and(List.of(orderNo));
    Ledger.Books books = ledger.read(question);
    Outstanding outstanding = Outstanding.of(map, books);
    if (books.handled().contains(orderNo)
        || outstanding.promises().stream().anyMatch(one -> one.orderNo().equals(orderNo))) {
      return Receipt.RECEIVED;
    }
    return outstanding.missing().isEmpty() ? Receipt.NONE : Receipt.UNKNOWN;
  }

  /// What is known of an order number.
  public enum Receipt {
    RECEIVED,
    /// For certain: neither promised nor in the ledger.
    NONE,
    /// It is not in what could be read.
    UNKNOWN
  }

  /// Up to `limit` flows older than `after`, newest first; see [FlowPage] for what is stable.
  public FlowPage flows(WalletKey key, Optional<FlowPosition> after, int limit) {
    TokenMap map = tokens.read(key);
    // One more than asked for: enough to know whether anything follows.
    Wanted page = new Wanted.Flows(after, Math.addExact(limit, 1));
    return FlowPage.of(map, ledger.read(Question.of(map, key, page)), after, limit);
  }
}
