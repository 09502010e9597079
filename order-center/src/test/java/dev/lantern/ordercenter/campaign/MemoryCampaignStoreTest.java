package dev.lantern.ordercenter.campaign;

import java.time.InstantSource;

final class MemoryCampaignStoreTest extends CampaignStoreContract {
  @Override
  CampaignStore store() {
    return new MemoryCampaignStore(InstantSource.system());
  }
}
