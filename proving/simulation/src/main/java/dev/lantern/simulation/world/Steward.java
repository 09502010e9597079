package dev.lantern.simulation.world;

import com.google.protobuf.ByteString;
import dev.lantern.ordercenter.budget.BudgetControl;
import dev.lantern.ordercenter.budget.BudgetControl.Adjusted;
import dev.lantern.ordercenter.budget.BudgetControl.Adjustment;
import dev.lantern.ordercenter.budget.LeaseEnding;
import dev.lantern.ordercenter.operator.OperatorRequest;
import dev.lantern.simulation.fault.Fault;
import dev.lantern.simulation.ledger.Tables;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An operator who looks after budgets: tops up, cuts, freezes (L8), ends leases before their time,
/// and the presentation window of those whose log is gone (L7). What got no answer is asked again,
/// by the same name, of whichever process is reached then.
///
/// What was asked for is kept in mind, and held against the budgets: each top-up and each cut
/// counts once, however often it was sent.
final class Steward {
  private static final ByteString DIGEST = ByteString.copyFrom(new byte[32]);
  private static final String BUDGET = Campaign.MAIN;
  private static final int LARGEST = 40;

  private final World world;
  private final double rate;
  private final Set<String> answered = new HashSet<>();
  private @Nullable Wish wish;
  private boolean sentBefore;
  private int wishes;
  private long toppedUp;
  private long cut;
  private long maybeCut;
  private boolean tookBack;
  private boolean frozen;

  Steward(World world, double rate) {
    this.world = world;
    this.rate = rate;
  }

  /// A look, by way of one process.
  void look(BudgetControl control, LeaseEnding ending) {
    if (!world.isStorming() && wish == null && isStopped()) {
      wish = unfreeze();
    }
    Wish asked = wish != null ? wish : choose();
    if (asked == null) {
      return;
    }
    boolean again = wish != null;
    wish = asked;
    sentBefore |= again;
    switch (asked) {
      case Wish.Adjust(OperatorRequest request, Adjustment how, long amount) -> {
        Adjusted adjusted = control.adjust(request, BUDGET, how, amount);
        if (answered.add(request.requestId())) {
          adjusted(how, amount, adjusted);
        }
      }
      case Wish.End(OperatorRequest request, String budgetId, boolean presentation) -> {
        var _ = ending.end(request, budgetId, presentation);
        var _ = ending.left(budgetId);
      }
    }
    if (asked.equals(wish)) {
      wish = null;
      sentBefore = false;
    }
  }

  /// Ends what windows are open, if a log is gone; else what chance says.
  private @Nullable Wish choose() {
    boolean often = world.dice.chance(Math.max(rate, world.queue.hasLost() ? windowRate() : 0));
    if (!often) {
      return null;
    }
    if (world.queue.hasLost() && (!world.isStorming() || world.dice.chance(0.7))) {
      String budget = world.dice.oneOf(List.of(Campaign.MAIN, Campaign.SMALL));
      return new Wish.End(request("end"), budget, true);
    }
    if (!world.isStorming()) {
      return null;
    }
    boolean ends = world.aim == Aim.CLOSED_UNDER_HOLDER || world.dice.chance(0.2);
    if (ends) {
      world.hit(Fault.LEASES_ENDED, "budget_leases");
      return new Wish.End(request("end"), BUDGET, false);
    }
    return adjustment();
  }

  /// Where copies are handed in windows stay open for a while.
  private double windowRate() {
    return world.aim == Aim.LOST_COPIES && world.isStorming() ? 0.06 : 0.3;
  }

  private Wish adjustment() {
    world.hit(Fault.BUDGET_CHANGED, "budgets");
    if (frozen) {
      return unfreeze();
    }
    Adjustment how =
        world.dice.chance(0.15)
            ? Adjustment.FREEZE
            : world.dice.oneOf(List.of(Adjustment.TOP_UP, Adjustment.CUT));
    long amount = how == Adjustment.FREEZE ? 0 : world.dice.between(1, LARGEST);
    return new Wish.Adjust(request("adjust"), how, amount);
  }

  private Wish unfreeze() {
    return new Wish.Adjust(request("adjust"), Adjustment.UNFREEZE, 0);
  }

  /// The answer is known: from here on it counts.
  private void adjusted(Adjustment how, long amount, Adjusted adjusted) {
    if (!(adjusted instanceof Adjusted.Done)) {
      // Refused now; an earlier sending may still come true.
      maybeCut += sentBefore ? amount : 0;
      return;
    }
    switch (how) {
      case TOP_UP -> toppedUp += amount;
      case CUT -> cut += amount;
      case FREEZE -> frozen = true;
      case UNFREEZE -> {
        frozen = false;
        tookBack = true;
      }
    }
  }

  /// L8 at the end: the total is what it was, and what was asked for, each thing once. What an
  /// unfreezing took back of a cut is the one thing that is not known here.
  void check(long begun) {
    Tables.Budget budget = world.tables.budgets().get(BUDGET);
    if (budget == null || wish != null) {
      return;
    }
    long least = begun + toppedUp - cut;
    long is = budget.total() - budget.pendingCut();
    boolean known = !tookBack && maybeCut == 0;
    if (is < least - maybeCut || is > begun + toppedUp || (known && is != least)) {
      world.witness.broken(
          "DRAIN",
          "the total is " + is + ", it began with " + begun + " and was changed to " + least);
    }
  }

  /// Whether something is still to be answered, or taken back.
  boolean isBusy() {
    return wish != null || isStopped();
  }

  /// Whether nothing is granted of the budget.
  private boolean isStopped() {
    Tables.Budget budget = world.tables.budgets().get(BUDGET);
    return frozen || (budget != null && budget.pendingCut() > 0);
  }

  private OperatorRequest request(String what) {
    return new OperatorRequest(
        "steward-" + ++wishes, "budget." + what, BUDGET, DIGEST, "operator", "because");
  }

  private sealed interface Wish {
    record Adjust(OperatorRequest request, Adjustment how, long amount) implements Wish {}

    record End(OperatorRequest request, String budgetId, boolean presentation) implements Wish {}
  }
}
