package dev.lantern.ordercenter.reconcile;

import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.grant.Answer;
import dev.lantern.ordercenter.grant.GrantId;
import dev.lantern.ordercenter.grant.Inquiry;
import dev.lantern.ordercenter.settle.SettleWorker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/// One vendor's grants, compared with what the vendor says: each once after it has ended, and,
/// while nothing new has, what waits for an operator and what differed, again and again.
///
/// A turn asks for at most the vendor's share ([Inquiry#share]), side by side. What the vendor does
/// not say is asked for [#TRIES] times and then left: it is asked again when it ends or is set
/// aside. Not safe for threads.
final class VendorWalk {
  private static final int STRETCH = 200;
  private static final int TRIES = 5;
  private static final Duration REST = Duration.ofSeconds(30);

  private static final Set<Discrepancy> CLASSES =
      EnumSet.of(
          Discrepancy.GRANT_NOT_GIVEN,
          Discrepancy.GRANT_UNRECORDED,
          Discrepancy.GRANT_TWICE,
          Discrepancy.GRANT_COMPENSATED);

  private final Inquiry vendor;
  private final GrantPass.Stores stores;
  private final SettleWorker.SideBySide sideBySide;
  private final SidesWatch watch;
  private final Clock clock;
  private final Deque<Asked> waiting = new ArrayDeque<>();
  private Optional<Instant> reached = Optional.empty();
  private long againAtNanos = Long.MIN_VALUE;

  VendorWalk(
      Inquiry vendor,
      GrantPass.Stores stores,
      SettleWorker.SideBySide sideBySide,
      SidesWatch watch,
      Clock clock) {
    this.vendor = vendor;
    this.stores = stores;
    this.sideBySide = sideBySide;
    this.watch = watch;
    this.clock = clock;
  }

  /// A grant to be asked about.
  ///
  /// @param finding the open one it is asked again for
  private record Asked(GrantAudit.Recorded recorded, Optional<Long> finding, int tries) {
    Asked again() {
      return new Asked(recorded, finding, tries + 1);
    }
  }

  /// A turn over what ended until `limit`.
  void tick(Leadership mine, Instant limit) {
    if (waiting.isEmpty()) {
      refill(limit);
    }
    ask(mine);
    if (waiting.isEmpty() && reached.isPresent()) {
      Instant from = stores.marks().position(mark());
      if (reached.get().isAfter(from)) {
        stores.marks().advance(mine, mark(), from, reached.get());
      }
      reached = Optional.empty();
    }
    watch.behind(mark(), waiting.size());
  }

  private String mark() {
    return GrantPass.NAME + ":" + vendor.name();
  }

  private void refill(Instant limit) {
    Instant from = stores.marks().position(mark());
    if (from.isBefore(limit)) {
      Instant until = stores.grants().boundary(vendor.name(), from, limit, STRETCH);
      stores.grants().ended(vendor.name(), from, until).forEach(one -> wait(one, Optional.empty()));
      reached = Optional.of(until);
    }
    Moment now = clock.now();
    if (waiting.isEmpty() && now.monotonicNanos() >= againAtNanos) {
      againAtNanos = now.monotonicNanos() + REST.toNanos();
      differed();
      stores.grants().parked(vendor.name(), STRETCH).forEach(one -> wait(one, Optional.empty()));
    }
  }

  private void differed() {
    Map<GrantId, Long> open = new HashMap<>();
    for (Finding finding : stores.findings().open(CLASSES, 0, STRETCH)) {
      String subject = finding.found().subject();
      int step = subject.lastIndexOf('#');
      if (step > 0) {
        Found found = finding.found();
        open.put(
            new GrantId(
                found.actId(), found.orderNo(), Integer.parseInt(subject.substring(step + 1))),
            finding.id());
      }
    }
    stores
        .grants()
        .of(vendor.name(), List.copyOf(open.keySet()))
        .forEach(one -> wait(one, Optional.ofNullable(open.get(one.id()))));
  }

  private void wait(GrantAudit.Recorded one, Optional<Long> finding) {
    waiting.add(new Asked(one, finding, 0));
  }

  private void ask(Leadership mine) {
    List<Asked> turn = new ArrayList<>();
    while (turn.size() < vendor.share() && !waiting.isEmpty()) {
      turn.add(waiting.removeFirst());
    }
    Map<Asked, Answer> answers = new ConcurrentHashMap<>();
    Collection<Callable<Void>> calls = new ArrayList<>();
    for (Asked asked : turn) {
      calls.add(() -> {
        vendor.ask(asked.recorded().id()).ifPresent(answer -> answers.put(asked, answer));
        return null;
      });
    }
    sideBySide.run(calls);
    try {
      write(mine, turn, answers);
    } catch (RuntimeException notWritten) {
      waiting.addAll(turn);
      throw notWritten;
    }
    turn.forEach(asked -> askAgain(asked, Optional.ofNullable(answers.get(asked))));
  }

  private void write(Leadership mine, List<Asked> turn, Map<Asked, Answer> answers) {
    List<Found> found = new ArrayList<>();
    List<Long> agree = new ArrayList<>();
    for (Asked asked : turn) {
      Answer answer = answers.get(asked);
      if (answer != null) {
        switch (GrantJudge.compare(asked.recorded(), answer)) {
          case GrantJudge.Compared.Agrees() -> asked.finding().ifPresent(agree::add);
          case GrantJudge.Compared.Differs(Found differs) -> found.add(differs);
          case GrantJudge.Compared.Unsaid() -> {}
        }
      }
    }
    Instant now = clock.now().wall();
    watch.examined(GrantPass.NAME, answers.size());
    watch.recorded(GrantPass.NAME, stores.findings().record(mine, found, now));
    stores.findings().clear(mine, agree, Recheck.NO_LONGER, now);
  }

  /// What the gate was closed for was not tried.
  private void askAgain(Asked asked, Optional<Answer> answer) {
    if (answer.isEmpty()) {
      waiting.addFirst(asked);
    } else if (answer.get() instanceof Answer.Unknown) {
      unsaid(asked);
    }
  }

  private void unsaid(Asked asked) {
    if (asked.tries() + 1 < TRIES) {
      waiting.addLast(asked.again());
    } else {
      watch.skipped(mark(), "no answer about " + asked.recorded().id());
    }
  }
}
