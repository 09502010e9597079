package dev.lantern.ordercenter.settle;

import dev.lantern.ordercenter.budget.Leases;
import dev.lantern.ordercenter.budget.Take;
import dev.lantern.ordercenter.budget.Unit;
import dev.lantern.ordercenter.order.Fen;
import java.util.Optional;

/// A process that holds no lease and gets none.
public final class NoLeases implements Leases {
  @Override
  public Take take(String budgetId, Fen amount) {
    return new Take.Busy();
  }

  @Override
  public void putBack(Unit unit) {}

  @Override
  public boolean mayAnswer(Unit unit) {
    return false;
  }

  @Override
  public Optional<Remaining> remaining(String budgetId) {
    return Optional.empty();
  }
}
