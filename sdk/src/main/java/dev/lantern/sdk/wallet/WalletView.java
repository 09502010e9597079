package dev.lantern.sdk.wallet;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a user's wallet shows: exact when nothing is missing, a lower bound when it is.
///
/// All sums are exact; an overflow is a broken invariant and throws.
///
/// @param purses one entry for each purse, in the order of [Purse]
/// @param incomeFen all that ever came in, pending included, so that it does not dip at a booking
/// @param pendingCount promises not booked yet: tokens, inbox rows, rows that wait, open conflicts
/// @param missing the sources that could not be read; empty when the figures are exact
public record WalletView(
    List<PurseView> purses, long incomeFen, int pendingCount, Set<Source> missing) {

  public WalletView {
    purses = List.copyOf(purses);
    missing = Set.copyOf(missing);
  }

  /// One purse. balance = booked + pending - held.
  public record PurseView(Purse purse, long bookedFen, long pendingFen, long heldFen) {
    public long balanceFen() {
      return Math.subtractExact(Math.addExact(bookedFen, pendingFen), heldFen);
    }

    /// What a withdrawal could hold this instant without forcing anything.
    public long withdrawableFen() {
      return purse == Purse.CASH ? Math.subtractExact(bookedFen, heldFen) : 0;
    }
  }

  /// A source an answer can lack. The names are the API's `degraded_sources`.
  public enum Source {
    /// Redis A: promises that are in no row yet.
    TOKENS("tokens"),
    /// The accept log's second form, in MySQL.
    INBOX("inbox");

    private final String apiName;

    Source(String apiName) {
      this.apiName = apiName;
    }

    public String apiName() {
      return apiName;
    }
  }

  public long balanceFen() {
    return purses.stream().mapToLong(PurseView::balanceFen).reduce(0, Math::addExact);
  }

  public long pendingFen() {
    return purses.stream().mapToLong(PurseView::pendingFen).reduce(0, Math::addExact);
  }

  public long withdrawableFen() {
    return purses.stream().mapToLong(PurseView::withdrawableFen).reduce(0, Math::addExact);
  }

  static WalletView of(TokenMap tokens, Ledger.Books books) {
    return of(tokens, books, List.of());
  }

  /// Computes the view from a map read first and books read after it.
  static WalletView of(TokenMap tokens, Ledger.Books books, List<Promise> copies) {
    Outstanding outstanding = Outstanding.of(tokens, books, copies);
    Sums sums = new Sums();
    books.booked().forEach(sums::add);
    books.waiting().forEach(row -> sums.pending(row.purse(), row.amountFen(), row.count()));
    outstanding.promises().forEach(one -> sums.pending(one.purse(), one.amountFen(), 1));
    return sums.view(outstanding.missing());
  }

  private static final class Sums {
    private final Map<Purse, PurseView> byPurse = new EnumMap<>(Purse.class);
    private long incomeFen;
    private int pendingCount;

    void add(Ledger.Booked row) {
      merge(new PurseView(row.purse(), row.bookedFen(), 0, row.heldFen()));
      incomeFen = Math.addExact(incomeFen, row.incomeFen());
    }

    void pending(Purse purse, long amountFen, int count) {
      merge(new PurseView(purse, 0, amountFen, 0));
      incomeFen = Math.addExact(incomeFen, amountFen);
      pendingCount = Math.addExact(pendingCount, count);
    }

    WalletView view(Set<Source> missing) {
      List<PurseView> purses =
          List.of(Purse.values()).stream()
              .map(purse -> byPurse.getOrDefault(purse, new PurseView(purse, 0, 0, 0)))
              .toList();
      return new WalletView(purses, incomeFen, pendingCount, missing);
    }

    private void merge(PurseView more) {
      byPurse.merge(
          more.purse(),
          more,
          (a, b) ->
              new PurseView(
                  a.purse(),
                  Math.addExact(a.bookedFen(), b.bookedFen()),
                  Math.addExact(a.pendingFen(), b.pendingFen()),
                  Math.addExact(a.heldFen(), b.heldFen())));
    }
  }
}
