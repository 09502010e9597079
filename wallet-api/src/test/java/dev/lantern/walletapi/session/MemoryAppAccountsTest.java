package dev.lantern.walletapi.session;

import java.util.concurrent.atomic.AtomicLong;

class MemoryAppAccountsTest extends AppAccountsContract {
  private final AppAccounts accounts = new MemoryAppAccounts(new AtomicLong()::incrementAndGet);

  @Override
  AppAccounts accounts() {
    return accounts;
  }
}
