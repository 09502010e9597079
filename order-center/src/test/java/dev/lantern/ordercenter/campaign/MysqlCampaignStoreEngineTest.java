package dev.lantern.ordercenter.campaign;

import dev.lantern.cli.stack.engine.Engine;
import dev.lantern.cli.stack.engine.SharedEngines;
import dev.lantern.ordercenter.settle.Ledger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@Tag("engine")
final class MysqlCampaignStoreEngineTest extends CampaignStoreContract {
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
}
