package dev.lantern.walletapi.session;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/// Accounts in memory, for service tests; held to the same contract as the real ones.
final class MemoryAppAccounts implements AppAccounts {
  private final Map<AppUser, Long> accounts = new HashMap<>();
  private final Map<String, Instant> spent = new HashMap<>();
  private final LongSupplier actIds;

  MemoryAppAccounts(LongSupplier actIds) {
    this.actIds = actIds;
  }

  @Override
  public synchronized Entry enter(Assertion.Sound assertion) {
    String key = assertion.user().appId() + " " + assertion.jti();
    if (spent.putIfAbsent(key, assertion.expires()) != null) {
      return new Entry.Replayed();
    }
    OptionalLong known =
        accounts.containsKey(assertion.user())
            ? OptionalLong.of(accounts.get(assertion.user()))
            : OptionalLong.empty();
    if (known.isPresent()) {
      return new Entry.Known(known.getAsLong());
    }
    long actId = actIds.getAsLong();
    while (accounts.containsValue(actId)) {
      actId = actIds.getAsLong();
    }
    accounts.put(assertion.user(), actId);
    return new Entry.Made(actId);
  }

  @Override
  public synchronized long forgetSpent(Instant instant, int limit) {
    var old =
        spent.entrySet().stream()
            .filter(entry -> entry.getValue().isBefore(instant))
            .limit(limit)
            .map(Map.Entry::getKey)
            .toList();
    old.forEach(spent::remove);
    return old.size();
  }
}
