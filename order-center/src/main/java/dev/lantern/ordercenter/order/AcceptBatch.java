package dev.lantern.ordercenter.order;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.budget.LeasesByLog;
import dev.lantern.ordercenter.order.Choosing.Choice;
import dev.lantern.ordercenter.order.Promises.Claiming;
import dev.lantern.ordercenter.order.Promises.Look;
import dev.lantern.ordercenter.queue.LogName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Accepts many orders together: each takes the steps of [Accept] in their order, and all of a
/// batch take each step in one round trip.
///
/// This is the common way alone, of an order that nothing is known of yet, with a unit at hand,
/// claims in Redis and the queue to append to. Whatever turns out otherwise goes [Way.Alone], which
/// is [Accept]: nothing has been sent for it then, its unit is back, and its claim, if it wrote one
/// that stands, is followed as after a lost reply. So each rule is kept in one place, and a batch
/// is no more than many calls that happened to be at the same step at the same time.
///
/// A number that is in the batch twice goes alone the second time, after the first: two calls at
/// once may come in that order.
public final class AcceptBatch {
  /// How many at a time, at most; a failure of a step is all of theirs.
  public static final int LARGEST = 256;

  private static final Logger LOG = LoggerFactory.getLogger(AcceptBatch.class);

  private final Stores stores;
  private final Choosing choosing;
  private final Allowance allowance;
  private final Modes modes;
  private final Issue issue;
  private final IssueBatch issuing;
  private final Clock clock;
  private final Supplier<String> opIds;

  /// The flow over its stores, which are [Accept]'s.
  ///
  /// @param opIds a name for each write, never given twice
  public AcceptBatch(
      Stores stores,
      Issue issue,
      Modes modes,
      Clock clock,
      Supplier<String> opIds,
      Allowance allowance) {
    this.stores = stores;
    this.choosing = new Choosing(new AtHand(stores.leases()), Allowance.UNLIMITED);
    this.allowance = allowance;
    this.modes = modes;
    this.issue = issue;
    this.issuing = new IssueBatch(issue);
    this.clock = clock;
    this.opIds = opIds;
  }

  /// What is looked at before anything is sent.
  public record Stores(Promises promises, LeasesByLog leases) {}

  /// A request, with the trace that its record belongs to (empty: none).
  public record Asked(AcceptRequest request, String traceparent) {}

  /// How an order leaves its batch.
  public sealed interface Way {
    /// With its answer.
    record Told(AcceptResult result) implements Way {}

    /// With what [Accept#accept] would have thrown: nothing was promised.
    record Failed(RuntimeException cause) implements Way {}

    /// To be accepted by itself, with [Accept#accept].
    record Alone() implements Way {}
  }

  /// The ways in the order of the requests, at most [#LARGEST]; throws nothing of any order's own.
  public List<Way> accept(List<Asked> asked) {
    if (asked.size() > LARGEST) {
      throw new IllegalArgumentException(asked.size() + " orders in one batch");
    }
    List<Passing> all = asked.stream().map(Passing::new).toList();
    byDestination(all).forEach(this::pass);
    return all.stream().map(Passing::way).toList();
  }

  private Map<Destination, List<Passing>> byDestination(List<Passing> all) {
    Map<Destination, List<Passing>> together = new LinkedHashMap<>();
    Set<OrderNo> numbers = HashSet.newHashSet(all.size());
    for (Passing one : all) {
      AcceptRequest request = one.request();
      Optional<Mode> mode = modes.choose(request);
      boolean common =
          numbers.add(request.orderNo())
              && mode.filter(it -> it.claims() && it.log().kind() == LogName.Kind.KAFKA).isPresent()
              && request.refusal().isEmpty()
              && allowance.isUnlimited(request, clock.now().wall());
      if (common) {
        together
            .computeIfAbsent(
                new Destination(request.lane(), mode.orElseThrow()), _ -> new ArrayList<>())
            .add(one);
      } else {
        one.goAlone(stores.leases());
      }
    }
    return together;
  }

  private void pass(Destination to, List<Passing> orders) {
    try {
      look(to, orders);
      Passing.going(orders).forEach(one -> choose(to.mode(), one));
      claim(to.lane(), Passing.going(orders));
      issuing.issue(to.lane(), to.mode().log(), Passing.going(orders));
    } catch (RuntimeException e) {
      LOG.debug("a step of {} orders failed", orders.size(), e);
      orders.forEach(one -> one.fail(stores.leases(), e));
    }
  }

  // A1: look before refusing or taking. Nothing known, and the silence worth something: go on.
  private void look(Destination to, List<Passing> orders) {
    List<Look> looks =
        stores.promises().lookAll(to.lane(), orders.stream().map(Passing::number).toList());
    for (int i = 0; i < orders.size(); i++) {
      Passing one = orders.get(i);
      Look look = looks.get(i);
      Instant opens = one.request().roundOpens();
      boolean nothing =
          look.token().isEmpty()
              && look.claim().isEmpty()
              && !look.youngerThan(opens)
              && modes.trustsSilence(opens);
      if (!nothing) {
        one.goAlone(stores.leases());
      } else if (issue.isFull(one.request(), to.mode())) {
        // A3: a full queue is refused before anything is taken.
        one.tell(Accept.full());
      }
    }
  }

  // A2: take, then claim.
  private void choose(Mode mode, Passing one) {
    Instant now = clock.now().wall();
    try {
      switch (choosing.choose(one.request(), mode, now)) {
        // No unit at hand: it may wait for one, but no other waits with it.
        case Choice.None _ -> one.goAlone(stores.leases());
        case Choice.Made made ->
            one.decided(Claim.of(one.request(), made, opIds.get(), now), made.unit());
      }
    } catch (RuntimeException e) {
      one.fail(stores.leases(), e);
    }
  }

  private void claim(Lane lane, List<Passing> orders) {
    if (orders.isEmpty()) {
      return;
    }
    List<Claim.Seen> stand =
        stores
            .promises()
            .claimAll(
                lane,
                orders.stream()
                    .map(
                        one -> new Claiming(one.number(), one.claim(), one.request().claimExpiry()))
                    .toList());
    for (int i = 0; i < orders.size(); i++) {
      if (!stand.get(i).claim().equals(orders.get(i).claim())) {
        // An earlier claim wins, and is followed.
        orders.get(i).goAlone(stores.leases());
      }
    }
  }

  /// Orders that take the steps together.
  private record Destination(Lane lane, Mode mode) {}
}
