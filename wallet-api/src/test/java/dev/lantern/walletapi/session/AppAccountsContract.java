package dev.lantern.walletapi.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.walletapi.session.AppAccounts.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What every [AppAccounts] promises.
abstract class AppAccountsContract {
  private static final AtomicInteger NEXT = new AtomicInteger();
  static final Instant EXPIRES = Instant.parse("2027-01-01T12:01:00Z");

  abstract AppAccounts accounts();

  @Test
  void enter_aUserForTheFirstTime_makesHisActIdAndKeepsIt() {
    AppUser user = user();
    assertThat(accounts().enter(assertion(user))).isInstanceOf(Entry.Made.class);
    long actId = ((Entry.Known) accounts().enter(assertion(user))).actId();
    assertThat(actId).isBetween(1L, (1L << 53) - 1);
    assertThat(accounts().enter(assertion(user))).isEqualTo(new Entry.Known(actId));
  }

  @Test
  void enter_theSameUserIdAtTwoApps_isTwoUsers() {
    AppUser user = user();
    AppUser other = new AppUser(user.appId() + 1, user.appUserId());
    long one = ((Entry.Made) accounts().enter(assertion(user))).actId();
    long two = ((Entry.Made) accounts().enter(assertion(other))).actId();
    assertThat(one).isNotEqualTo(two);
  }

  @Test
  void enter_userIdsThatDifferInCaseAlone_areTwoUsers() {
    AppUser lower = user();
    AppUser upper = new AppUser(1, lower.appUserId().toUpperCase(java.util.Locale.ROOT));
    assertThat(accounts().enter(assertion(lower))).isInstanceOf(Entry.Made.class);
    assertThat(accounts().enter(assertion(upper))).isInstanceOf(Entry.Made.class);
  }

  @Test
  void enter_withASpentAssertion_isReplayedForNewAndKnownUsers() {
    Assertion.Sound first = assertion(user());
    assertThat(accounts().enter(first)).isInstanceOf(Entry.Made.class);
    assertThat(accounts().enter(first)).isEqualTo(new Entry.Replayed());
    Assertion.Sound stolen = new Assertion.Sound(user(), first.jti(), EXPIRES);
    assertThat(accounts().enter(stolen)).isEqualTo(new Entry.Replayed());
    assertThat(accounts().enter(assertion(stolen.user())))
        .as("a refused assertion made nobody")
        .isInstanceOf(Entry.Made.class);
  }

  @Test
  void enter_oneUserByManyAtOnce_makesOneActId() {
    AppUser user = user();
    List<Entry> entries = atOnce(16, () -> accounts().enter(assertion(user)));
    Set<Long> actIds = new HashSet<>();
    int made = 0;
    for (Entry entry : entries) {
      switch (entry) {
        case Entry.Made(long actId) -> {
          actIds.add(actId);
          made++;
        }
        case Entry.Known(long actId) -> actIds.add(actId);
        case Entry.Replayed() -> throw new AssertionError("its own assertion each");
      }
    }
    assertThat(actIds).hasSize(1);
    assertThat(made).isEqualTo(1);
  }

  @Test
  void enter_oneAssertionByManyAtOnce_letsOneIn() {
    Assertion.Sound assertion = assertion(user());
    List<Entry> entries = atOnce(16, () -> accounts().enter(assertion));
    assertThat(entries.stream().filter(entry -> !(entry instanceof Entry.Replayed))).hasSize(1);
  }

  @Test
  void forgetSpent_forgetsTheExpiredAloneAndNoMoreThanAsked() {
    Instant old = Instant.parse("2020-01-01T00:00:00Z");
    List<Assertion.Sound> spent = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Assertion.Sound one = new Assertion.Sound(user(), jti(), old.plusSeconds(i));
      spent.add(one);
      assertThat(accounts().enter(one)).isInstanceOf(Entry.Made.class);
    }
    assertThat(accounts().forgetSpent(old.plusSeconds(4), 3)).isEqualTo(3);
    assertThat(accounts().forgetSpent(old.plusSeconds(4), 3)).isEqualTo(1);
    assertThat(accounts().forgetSpent(old.plusSeconds(4), 3)).isZero();
    assertThat(accounts().enter(spent.getLast())).isEqualTo(new Entry.Replayed());
    assertThat(accounts().enter(spent.getFirst())).isInstanceOf(Entry.Known.class);
  }

  static AppUser user() {
    return new AppUser(1, "user-" + NEXT.incrementAndGet());
  }

  static Assertion.Sound assertion(AppUser user) {
    return new Assertion.Sound(user, jti(), EXPIRES);
  }

  private static String jti() {
    return "jti-%08d".formatted(NEXT.incrementAndGet());
  }

  private static <T> List<T> atOnce(int count, Callable<T> task) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(java.util.Collections.nCopies(count, task))) {
        results.add(result.get());
      }
      return results;
    } catch (InterruptedException | ExecutionException failure) {
      throw new AssertionError(failure);
    }
  }
}
