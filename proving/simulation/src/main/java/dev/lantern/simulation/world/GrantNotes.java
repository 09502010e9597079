package dev.lantern.simulation.world;

import dev.lantern.order.v1.OrderState;
import dev.lantern.ordercenter.grant.Answer;
import dev.lantern.ordercenter.grant.DueGrant;
import dev.lantern.ordercenter.grant.GrantWatch;
import dev.lantern.simulation.ledger.OrderEntry;
import dev.lantern.simulation.ledger.Tables;
import java.time.Duration;

/// What operations would see of grants. A page breaks the run, but where an operator has discarded
/// what its vendor gives after all: that is the operator's to look after.
record GrantNotes(Witness witness, Tables tables) implements GrantWatch {
  @Override
  public void answered(String downstream, Answer answer, Duration took) {
    witness.note("answered", answer.toString());
  }

  @Override
  public void ended(DueGrant grant, String what) {
    witness.note("grant", grant.id() + " " + what);
  }

  @Override
  public void unavailable(DueGrant grant, Exception why) {
    witness.note("grant", grant.id() + " " + why);
  }

  @Override
  public void page(DueGrant grant, String why) {
    OrderEntry order = tables.order(grant.id().orderNo());
    if (order != null && order.state() == OrderState.ORDER_STATE_DISCARDED) {
      witness.note("page", why);
    } else {
      witness.page(grant.id() + ": " + why);
    }
  }
}
