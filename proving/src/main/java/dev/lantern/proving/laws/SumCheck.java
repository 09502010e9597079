package dev.lantern.proving.laws;

import dev.lantern.proving.laws.StoreFacts.BalanceRow;
import dev.lantern.proving.laws.StoreFacts.PlatformRow;
import dev.lantern.proving.laws.StoreFacts.PostingRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// SUM: money only moves. Stored balances equal what the postings make them, on the users' side and
/// on the platform's.
final class SumCheck implements LawCheck {
  private record Purse(long actId, String childId, int purse) {}

  private record Side(long amountFen, long entries) {
    Side plus(Side other) {
      return new Side(amountFen + other.amountFen, entries + other.entries);
    }
  }

  @Override
  public Law law() {
    return Law.SUM;
  }

  @Override
  public Examined check(Facts facts) {
    var findings = new ArrayList<Finding>();
    StoreFacts stores = facts.stores();
    checkUsers(stores, findings);
    checkPlatform(stores, findings);
    for (PostingRow posting : stores.postings()) {
      if (posting.amountFen() <= 0 || posting.debitAccount().equals(posting.creditAccount())) {
        findings.add(
            Finding.of(
                Law.SUM,
                "MOVES_NOTHING",
                posting.amountFen(),
                posting.orderNo(),
                "posting %s moves %d fen from %s to %s"
                    .formatted(
                        posting.postingId(),
                        posting.amountFen(),
                        posting.debitAccount(),
                        posting.creditAccount()),
                "Reverse it."));
      }
    }
    return new Examined(stores.postings().size() + stores.balances().size(), findings);
  }

  private static void checkUsers(StoreFacts stores, List<Finding> findings) {
    var recomputed = new HashMap<Purse, Long>();
    for (PostingRow posting : stores.postings()) {
      var purse = new Purse(posting.actId(), posting.childId(), posting.purse());
      recomputed.merge(purse, posting.amountFen(), Long::sum);
    }
    for (BalanceRow balance : stores.balances()) {
      var purse = new Purse(balance.actId(), balance.childId(), balance.purse());
      Long due = recomputed.remove(purse);
      long dueFen = due == null ? 0 : due;
      if (balance.bookedFen() != dueFen || balance.incomeFen() != dueFen) {
        findings.add(
            userFinding(
                "BALANCE_DIFFERS",
                purse,
                balance.bookedFen() - dueFen,
                "booked %d, income %d, postings make it %d"
                    .formatted(balance.bookedFen(), balance.incomeFen(), dueFen)));
      }
      if (balance.heldFen() != 0) {
        findings.add(
            userFinding("HELD_FOR_NOTHING", purse, balance.heldFen(), "nothing can hold it yet"));
      }
    }
    recomputed.forEach(
        (purse, fen) -> findings.add(userFinding("BALANCE_MISSING", purse, fen, "no balance row")));
  }

  private static void checkPlatform(StoreFacts stores, List<Finding> findings) {
    Map<String, Side> debits = new HashMap<>();
    for (PostingRow posting : stores.postings()) {
      debits.merge(posting.debitAccount(), new Side(posting.amountFen(), 1), Side::plus);
    }
    for (PlatformRow account : stores.platform()) {
      Side due = debits.remove(account.account());
      long dueFen = due == null ? 0 : due.amountFen();
      long dueEntries = due == null ? 0 : due.entries();
      if (account.amountFen() != dueFen || account.entries() != dueEntries) {
        findings.add(
            Finding.of(
                Law.SUM,
                "PLATFORM_DIFFERS",
                "%s: %d fen in %d entries, postings make it %d in %d"
                    .formatted(
                        account.account(),
                        account.amountFen(),
                        account.entries(),
                        dueFen,
                        dueEntries),
                "Recompute the account from the postings."));
      }
    }
    debits.forEach((account, side) ->
        findings.add(
            Finding.of(
                Law.SUM,
                "PLATFORM_MISSING",
                account + ": " + side.amountFen() + " fen debited, no account",
                "Recompute the account from the postings.")));
  }

  private static Finding userFinding(String kind, Purse purse, long amountFen, String detail) {
    return new Finding(
        Law.SUM,
        kind,
        amountFen,
        List.of(),
        "%d in %s, purse %d: %s".formatted(purse.actId(), purse.childId(), purse.purse(), detail),
        "Hold the user's withdrawals; recompute the balance from the postings.");
  }
}
