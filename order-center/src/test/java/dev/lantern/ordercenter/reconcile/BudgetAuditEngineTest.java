package dev.lantern.ordercenter.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
final class BudgetAuditEngineTest {
  private static final long SINCE = 50;

  @Test
  void leases_areTheUnclosedAndTheRecent_pageByPage_andNoOthersAreWalked() {
    try (AuditedBooks books = new AuditedBooks()) {
      for (long lease : List.of(1, 2, 3, 50, 51, 52, 53)) {
        books.lease(lease);
      }
      var database = books.ledger.database();
      database.update("update budget_leases set state = 4 where lease_id in (2, 3, 50, 52)");
      database.update("update budget_leases set state = 2 where lease_id = 53");
      // So each that is looked at is found.
      database.update("update lease_booked set booked = 5 where partition_no = 3");
      BudgetAudit audit = new BudgetAudit(database);

      BooksAudit.LeasePage first = audit.leases(0, SINCE, 2);
      BooksAudit.LeasePage second = audit.leases(first.next(), SINCE, 2);
      BooksAudit.LeasePage third = audit.leases(second.next(), SINCE, 2);

      assertThat(subjects(first)).containsExactlyInAnyOrder("1/3", "50/3");
      assertThat(subjects(second)).containsExactlyInAnyOrder("51/3", "52/3");
      assertThat(subjects(third)).containsExactly("53/3");
      assertThat(third.next()).isZero();
    }
  }

  private static List<String> subjects(BooksAudit.LeasePage page) {
    return page.found().stream().map(Found::subject).toList();
  }
}
