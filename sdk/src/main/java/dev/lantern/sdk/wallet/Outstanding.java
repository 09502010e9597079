package dev.lantern.sdk.wallet;

import dev.lantern.sdk.wallet.WalletView.Source;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Promises that are not in `orders` yet: (tokens + inbox rows) - handled, by order number.
///
/// A row of `orders` beats a token whatever its state: booked, it is in the balance; parked or
/// retrying, it is counted from its row; discarded, an operator has ended it. So subtracting every
/// number that has a row, and adding the waiting rows by themselves, is W1's formula, and no number
/// can be counted twice.
///
/// @param missing the sources that are not in it. Without the tokens (Redis could not be read, or
///   its epoch is young, W2) no token counts, not even those that were seen: the figures then mean
///   "what the ledger says" and what copies the client has given in the call.
record Outstanding(List<Promise> promises, Set<Source> missing) {

  Outstanding {
    promises = List.copyOf(promises);
    missing = Set.copyOf(missing);
  }

  static Outstanding of(TokenMap tokens, Ledger.Books books) {
    return of(tokens, books, List.of());
  }

  /// @param copies verified, that the client has given; they count by themselves, and what else is
  ///   missing stays missing
  static Outstanding of(TokenMap tokens, Ledger.Books books, List<Promise> copies) {
    Set<Source> missing = EnumSet.noneOf(Source.class);
    Map<String, Promise> byNumber = new LinkedHashMap<>();
    switch (tokens) {
      case TokenMap.Read read when books.settled() ->
          read.promises().forEach(promise -> byNumber.put(promise.orderNo(), promise));
      case TokenMap.Read _, TokenMap.Unusable _ -> missing.add(Source.TOKENS);
    }
    if (!books.inbox().whole()) {
      missing.add(Source.INBOX);
    }
    // The token is what the user was told; an inbox row of the same number is the same promise.
    books.inbox().promises().forEach(promise -> byNumber.putIfAbsent(promise.orderNo(), promise));
    copies.forEach(copy -> byNumber.putIfAbsent(copy.orderNo(), copy));
    byNumber.keySet().removeAll(books.handled());
    return new Outstanding(List.copyOf(byNumber.values()), missing);
  }
}
