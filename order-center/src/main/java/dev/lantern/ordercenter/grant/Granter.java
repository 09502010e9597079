package dev.lantern.ordercenter.grant;

import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.Leases;
import dev.lantern.ordercenter.budget.Moment;
import dev.lantern.ordercenter.settle.BookingStore.Result;
import dev.lantern.ordercenter.settle.RetryPolicies;
import dev.lantern.ordercenter.settle.SettleWorker;
import dev.lantern.stores.sql.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.DoubleSupplier;

/// Asks one downstream for what is due, and records what it says (S8).
///
/// A grant's way: *claim* its row until past the call's timeout, so that instances do not ask twice
/// for nothing; *ask*, outside any transaction; *record* by one conditional update. A worker that
/// dies anywhere in between leaves the row to be due again, and the same id is asked for again:
/// correctness rests on that alone, not on the claim.
///
/// Called again and again by one thread; any number of instances may run. Bounds: `concurrency`
/// calls at a time, [#ROUNDS] rounds of them a turn.
public final class Granter {
  static final int ROUNDS = 20;

  /// How much longer than its calls a claim lasts.
  private static final Duration CLAIM_MARGIN = Duration.ofSeconds(5);

  private final String name;
  private final Downstream downstream;
  private final Outbound outbound;
  private final Terms terms;
  private final RetryPolicies policies;
  private final GrantStore store;
  private final Compensator compensator;
  private final SettleWorker.SideBySide sideBySide;
  private final GrantWatch watch;
  private final Clock clock;
  private final DoubleSupplier jitter;

  /// What the configuration says of the downstream.
  ///
  /// @param askFirst whether what may have been done is asked about before it is asked for again
  /// @param patience with grants of scenes that declare none of their own
  public record Terms(
      Duration timeout, int concurrency, boolean askFirst, Decision.Patience patience) {
    /// As the configuration has it.
    public static Terms of(DownstreamConfig config) {
      return new Terms(
          config.timeout(),
          config.concurrency(),
          config.mode() == DownstreamConfig.Mode.ASK_FIRST,
          config.patience());
    }
  }

  /// A worker for one downstream, whose own patience holds for all grants.
  public Granter(
      String name,
      Downstream downstream,
      Outbound outbound,
      Terms terms,
      GrantStore store,
      Leases leases,
      SettleWorker.SideBySide sideBySide,
      GrantWatch watch,
      Clock clock,
      DoubleSupplier jitter) {
    this(
        name,
        downstream,
        outbound,
        terms,
        RetryPolicies.NONE,
        store,
        leases,
        sideBySide,
        watch,
        clock,
        jitter);
  }

  /// A worker for one downstream.
  ///
  /// @param policies of scenes, which go before the downstream's patience
  /// @param leases this instance's own, for what a refusal puts in a thing's place (L6)
  /// @param jitter 0 to 1, another one each time
  public Granter(
      String name,
      Downstream downstream,
      Outbound outbound,
      Terms terms,
      RetryPolicies policies,
      GrantStore store,
      Leases leases,
      SettleWorker.SideBySide sideBySide,
      GrantWatch watch,
      Clock clock,
      DoubleSupplier jitter) {
    this.name = name;
    this.downstream = downstream;
    this.outbound = outbound;
    this.terms = terms;
    this.policies = policies;
    this.store = store;
    this.compensator = new Compensator(store, leases, watch);
    this.sideBySide = sideBySide;
    this.watch = watch;
    this.clock = clock;
    this.jitter = jitter;
  }

  /// Works off what is due, as far as the gate lets it.
  public void tick() {
    for (int round = 0; round < ROUNDS; round++) {
      List<DueGrant> due = store.due(name, clock.now().wall(), 2 * terms.concurrency());
      if (!ask(due) || due.size() < terms.concurrency()) {
        return;
      }
    }
  }

  /// Asks for what may be asked for now; false when the gate is closed for all. What was claimed is
  /// asked for even if the ledger goes away meanwhile: its permits must come back.
  private boolean ask(List<DueGrant> due) {
    List<Callable<Void>> calls = new ArrayList<>();
    try {
      return admit(due, calls);
    } finally {
      sideBySide.run(calls);
    }
  }

  /// Claims what may be done now; false when the gate is closed for all.
  private boolean admit(List<DueGrant> due, List<Callable<Void>> calls) {
    for (DueGrant grant : due) {
      if (calls.size() >= terms.concurrency()) {
        return true;
      }
      boolean mustAsk = grant.refusedAt().isEmpty();
      if (mustAsk) {
        switch (outbound.permit(grant.isRetry())) {
          case Outbound.Permit.Go() -> {}
          case Outbound.Permit.Stop _ -> {
            return false;
          }
          case Outbound.Permit.NotThis(Duration wait) -> {
            store.delay(grant, clock.now().wall().plus(wait));
            continue;
          }
        }
      }
      Optional<DueGrant> claimed = claim(grant, mustAsk);
      claimed.ifPresent(mine ->
          calls.add(() -> {
            attempt(mine, mustAsk);
            return null;
          }));
    }
    return true;
  }

  private Optional<DueGrant> claim(DueGrant grant, boolean permitted) {
    boolean taken = false;
    try {
      Duration longest = terms.timeout().multipliedBy(2).plus(CLAIM_MARGIN);
      Optional<DueGrant> claimed = store.claim(grant, clock.now().wall().plus(longest));
      taken = claimed.isPresent();
      return claimed;
    } finally {
      if (permitted && !taken) {
        outbound.giveBack();
      }
    }
  }

  private void attempt(DueGrant grant, boolean mustAsk) {
    try {
      if (mustAsk) {
        decide(grant, ask(grant));
      } else {
        compensator.compensate(grant, clock.now().wall());
      }
    } catch (StoreException unavailable) {
      // What the downstream said is not lost: it says it again.
      watch.unavailable(grant, unavailable);
    }
  }

  private Answer ask(DueGrant grant) {
    Moment begun = clock.now();
    Answer answer = new Answer.Unknown("a defect");
    try {
      answer =
          grant.unknown() && terms.askFirst()
              ? downstream.ask(grant.id())
              : downstream.grant(grant);
      return answer;
    } finally {
      Duration took = clock.now().since(begun);
      outbound.ended(answer, took);
      watch.answered(name, answer, took);
    }
  }

  private void decide(DueGrant grant, Answer answer) {
    Instant now = clock.now().wall();
    switch (Decision.of(answer, grant.tries(), patience(grant), jitter.getAsDouble())) {
      case Decision.Succeed(String reference) -> succeed(grant, reference, now);
      case Decision.Compensate(String detail) ->
          compensator.compensate(grant.withDetail(detail), now);
      case Decision.Again(Duration wait, boolean unknown, String detail) ->
          recorded(grant, store.putOff(grant, now.plus(wait), unknown, detail), "again");
      case Decision.Park(String detail) ->
          recorded(grant, store.park(grant, detail, now), "parked");
    }
  }

  private Decision.Patience patience(DueGrant grant) {
    return policies
        .declared(
            grant.parentActivityId(), grant.childActivityId(), grant.sceneId(), grant.acceptedAt())
        .map(own -> new Decision.Patience(own.maxTries(), own.first(), own.longest()))
        .orElse(terms.patience());
  }

  private void succeed(DueGrant grant, String reference, Instant now) {
    Result result = store.succeed(grant, reference, now);
    if (result instanceof Result.NotMine && store.isDiscarded(grant.id())) {
      watch.page(grant, "GRANTED, though an operator has discarded its order: " + reference);
    }
    recorded(grant, result, "granted");
  }

  private void recorded(DueGrant grant, Result result, String what) {
    switch (result) {
      case Result.Done() -> watch.ended(grant, what);
      // Somebody else has recorded, or it is due again and says the same.
      case Result.NotMine(), Result.Unknown() -> watch.ended(grant, "lost");
      case Result.Fenced(), Result.AlreadyThere() -> watch.page(grant, result.toString());
      case Result.Refused(String why) -> watch.page(grant, why);
    }
  }
}
