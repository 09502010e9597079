package dev.lantern.ordercenter.tally;

import dev.lantern.counter.v1.WriterTotal;
import dev.lantern.order.v1.Stage;
import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reports totals that have risen since they were last taken, about once a second.
///
/// Everything is reported again every [#AGAIN]: so counters that were lost, or a service that was
/// away, catch up whatever happened. Any number of flushers may run: a total is a fact, whoever
/// tells it. A weak dependency: when the counters are away nothing here waits, and settlement does
/// not notice.
///
/// Stages are apart here, too (APART): the activity's own counters `{parent}.opened` and
/// `{parent}.fen`, which the public sees, count what stage OFFICIAL gave; what a rehearsal or the
/// first guests got counts under their child's id. A child whose stage is not known yet waits.
public final class TallyFlusher {
  static final Duration AGAIN = Duration.ofSeconds(30);
  private static final int AT_ONCE = 500;
  private static final long EPOCH = 1;

  private final AccountTotals accounts;
  private final Counters counters;
  private final Clock clock;
  private final Stages stages;
  private final Map<String, Long> taken = new HashMap<>();
  private Moment takenSince;

  public TallyFlusher(AccountTotals accounts, Counters counters, Clock clock, Stages stages) {
    this.accounts = accounts;
    this.counters = counters;
    this.clock = clock;
    this.stages = stages;
    this.takenSince = clock.now();
  }

  /// Reports what is due; what it throws says that the rest was not taken and will be told again.
  public void tick() {
    Moment now = clock.now();
    if (now.since(takenSince).compareTo(AGAIN) >= 0) {
      taken.clear();
      takenSince = now;
    }
    List<AccountTotal> due =
        accounts.read().stream()
            .filter(total -> taken.getOrDefault(total.writer(), -1L) < total.seq())
            .filter(total -> counter(total).isPresent())
            .toList();
    int accountsAtOnce = AT_ONCE / 2;
    for (int from = 0; from < due.size(); from += accountsAtOnce) {
      List<AccountTotal> some = due.subList(from, Math.min(due.size(), from + accountsAtOnce));
      counters.report(totals(some));
      some.forEach(total -> taken.put(total.writer(), total.seq()));
    }
  }

  /// Whose counter it raises; empty while that is not known.
  private Optional<String> counter(AccountTotal account) {
    return account
        .child()
        .flatMap(child ->
            stages
                .stage(account.parentActivityId(), child)
                .map(stage -> stage == Stage.STAGE_OFFICIAL ? account.parentActivityId() : child));
  }

  private List<WriterTotal> totals(List<AccountTotal> accounts) {
    List<WriterTotal> totals = new ArrayList<>(2 * accounts.size());
    for (AccountTotal account : accounts) {
      String counter = counter(account).orElseThrow();
      totals.add(total(account, counter + ".opened", account.entries()));
      totals.add(total(account, counter + ".fen", account.fen()));
    }
    return totals;
  }

  private static WriterTotal total(AccountTotal account, String name, long value) {
    return WriterTotal.newBuilder()
        .setName(name)
        .setWriter(account.writer())
        .setEpoch(EPOCH)
        .setTotal(value)
        .build();
  }
}
