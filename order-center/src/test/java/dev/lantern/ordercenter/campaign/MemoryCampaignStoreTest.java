package dev.lantern.ordercenter.campaign;

final class MemoryCampaignStoreTest extends CampaignStoreContract {
  @Override
  CampaignStore store() {
    return new MemoryCampaignStore();
  }
}
