package dev.lantern.ordercenter.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lantern.stores.sql.StoreUnavailableException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What every [CampaignStore] does.
abstract class CampaignStoreContract {
  private static final Instant NOW = Instant.parse("2027-01-01T00:00:00.123456Z");

  abstract CampaignStore store();

  @Test
  void revisions_areKept_andFoundAgain() {
    CampaignStore store = store();
    assertThat(store.heads()).isEmpty();
    assertThat(store.newest("spring-demo")).isEmpty();
    Revision one = revision("spring-demo", 1, "r1");
    Revision two = revision("spring-demo", 2, "r2");
    assertThat(store.add(one, Documents.good(), () -> true)).isTrue();
    assertThat(store.add(two, Documents.good(), () -> true)).isTrue();

    assertThat(store.heads()).containsExactly(new CampaignStore.Head("spring-demo", 2));
    assertThat(store.newest("spring-demo")).contains(two);
    assertThat(store.find("spring-demo", 1)).contains(one);
    assertThat(store.find("spring-demo", 3)).isEmpty();
    assertThat(store.byRequest("r1")).contains(one);
    assertThat(store.after("spring-demo", 0, 10)).containsExactly(one, two);
    assertThat(store.after("spring-demo", 1, 10)).containsExactly(two);
    assertThat(store.before("spring-demo", Long.MAX_VALUE, 1)).containsExactly(two);
    assertThat(store.before("spring-demo", 2, 10)).containsExactly(one);
  }

  @Test
  void history_namesTheOwners_andTheBudgetsTotals() {
    CampaignStore store = store();
    assertThat(store.history(Documents.good(), Optional.empty())).isEqualTo(History.EMPTY);
    store.add(revision("spring-demo", 1, "r1"), Documents.good(), () -> true);

    History history = store.history(Documents.good(), Optional.empty());
    assertThat(history.sceneOwners())
        .containsEntry("rain-a7f3", "spring-demo")
        .containsEntry("always", "spring-demo");
    assertThat(history.childOwners()).containsEntry("spring-demo-official", "spring-demo");
    assertThat(history.budgets())
        .containsEntry(
            "spring-demo-small",
            new History.BudgetOnRecord("spring-demo", Campaign.Unit.FEN, 1_000_000, 1_000_000));
  }

  @Test
  void takenNumber_requestOrId_changesNothing() {
    CampaignStore store = store();
    store.add(revision("spring-demo", 1, "r1"), Documents.good(), () -> true);

    assertThat(store.add(revision("spring-demo", 1, "r2"), Documents.good(), () -> true)).isFalse();
    assertThat(store.add(revision("spring-demo", 2, "r1"), Documents.good(), () -> true)).isFalse();
    assertThat(store.add(revision("autumn", 1, "r3"), Documents.good(), () -> true)).isFalse();
    assertThat(store.heads()).containsExactly(new CampaignStore.Head("spring-demo", 1));
    assertThat(store.byRequest("r3")).isEmpty();
  }

  @Test
  void lateRevision_isNotKept() {
    CampaignStore store = store();
    assertThatThrownBy(
            () -> store.add(revision("spring-demo", 1, "r1"), Documents.good(), () -> false))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(store.heads()).isEmpty();
    assertThat(store.history(Documents.good(), Optional.empty())).isEqualTo(History.EMPTY);
  }

  @Test
  void rollback_isRemembered() {
    CampaignStore store = store();
    Revision one = revision("spring-demo", 1, "r1");
    Revision back =
        new Revision(
            "spring-demo",
            2,
            "etag-2",
            Documents.GOOD,
            "operator",
            "as it was",
            "r2",
            OptionalLong.of(1),
            NOW,
            NOW.plusSeconds(11));
    store.add(one, Documents.good(), () -> true);
    store.add(back, Documents.good(), () -> true);
    assertThat(store.find("spring-demo", 1)).contains(one);
    assertThat(store.newest("spring-demo")).contains(back);
  }

  @Test
  void budgets_countFenOrItems() {
    CampaignStore store = store();
    store.add(revision("spring-2027", 1, "r1"), Guide.tree(), () -> true);
    assertThat(store.history(Guide.tree(), Optional.empty()).budgets())
        .containsEntry(
            "spring-2027-tickets",
            new History.BudgetOnRecord("spring-2027", Campaign.Unit.ITEMS, 3_000, 3_000))
        .containsEntry(
            "spring-2027-luck",
            new History.BudgetOnRecord("spring-2027", Campaign.Unit.FEN, 2_000_000, 2_000_000));
  }

  @Test
  void store_hasAClock() {
    CampaignStore store = store();
    Instant before = store.now();
    assertThat(store.now()).isBetween(before, before.plusSeconds(60));
  }

  private static Revision revision(String activityId, long number, String requestId) {
    return new Revision(
        activityId,
        number,
        "etag-" + number,
        Documents.GOOD,
        "operator",
        "a test",
        requestId,
        OptionalLong.empty(),
        NOW,
        NOW.plusSeconds(11));
  }
}
