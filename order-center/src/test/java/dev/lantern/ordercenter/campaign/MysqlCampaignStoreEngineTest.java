package dev.lantern.ordercenter.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.ordercenter.settle.Ledger;
import dev.lantern.stores.sql.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
final class MysqlCampaignStoreEngineTest extends CampaignStoreContract {
  private static final String LUCK = "spring-2027-luck";
  private static Ledger ledger;

  @BeforeAll
  static void open() {
    ledger = Ledger.open(SharedEngines.with(Engine.MARIADB));
  }

  @AfterAll
  static void close() {
    ledger.close();
  }

  @BeforeEach
  void empty() {
    for (String table :
        new String[] {"campaign_revisions", "scene_ids", "child_ids", "budgets", "audit"}) {
      ledger.database().update("delete from " + table);
    }
  }

  @Override
  CampaignStore store() {
    return new MysqlCampaignStore(ledger.database());
  }

  @Test
  void clock_isUtc_andTheDatabases() {
    assertThat(store().now())
        .isBetween(Instant.now().minusSeconds(30), Instant.now().plusSeconds(30));
  }

  @Test
  void adjusted_budget_keepsWhatItWasDeclaredWith() {
    store().add(anyRevision(OptionalLong.empty(), 1), Guide.tree(), () -> true);
    ledger.database().update("update budgets set total = 9, free = 9 where budget_id = ?", LUCK);
    assertThat(store().history(Guide.tree(), Optional.empty()).budgets())
        .containsEntry(
            LUCK, new History.BudgetOnRecord("spring-2027", Campaign.Unit.FEN, 2_000_000, 9));
  }

  @Test
  void every_revision_hasALineOfAudit() {
    store().add(anyRevision(OptionalLong.empty(), 1), Guide.tree(), () -> true);
    store().add(anyRevision(OptionalLong.of(1), 2), Guide.tree(), () -> true);
    List<Row> rows =
        ledger
            .database()
            .query("select actor, action, target, detail from audit order by audit_id");
    assertThat(rows)
        .extracting(row -> row.getString("action") + " " + row.getString("detail"))
        .containsExactly(
            "campaign.apply revision 1: why",
            "campaign.rollback revision 2, the document of revision 1: why");
    assertThat(rows).extracting(row -> row.getString("actor")).containsOnly("operator");
    assertThat(rows).extracting(row -> row.getString("target")).containsOnly("spring-2027");
  }

  private static Revision anyRevision(OptionalLong rollbackOf, long number) {
    return new Revision(
        "spring-2027",
        number,
        "etag-" + number,
        Guide.document(),
        "operator",
        "why",
        "r" + number,
        rollbackOf,
        Guide.BEFORE,
        Guide.BEFORE.plusSeconds(11));
  }
}
