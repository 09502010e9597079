package dev.lantern.simulation.ledger;

import dev.lantern.ordercenter.reissue.Payment;
import dev.lantern.ordercenter.reissue.Progress;
import dev.lantern.ordercenter.reissue.Reissue;
import dev.lantern.ordercenter.reissue.ReissueStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// [ReissueStore] over [Tables]: as far as an operator needs it who makes, pauses and resumes.
public final class SimReissueStore implements ReissueStore {
  private final Tables tables;

  public SimReissueStore(Tables tables) {
    this.tables = tables;
  }

  @Override
  public boolean create(Reissue reissue, List<Payment> payments) {
    if (tables.reissues.containsKey(reissue.id())) {
      return false;
    }
    tables.reissues.put(reissue.id(), new ReissueEntry(reissue, payments));
    return true;
  }

  @Override
  public Optional<Reissue> find(String id) {
    return Optional.ofNullable(tables.reissues.get(id)).map(ReissueEntry::read);
  }

  @Override
  public boolean move(Step step, Instant now) {
    ReissueEntry reissue = tables.reissues.get(step.id());
    if (reissue == null || !step.from().contains(reissue.state)) {
      return false;
    }
    reissue.state = step.to();
    reissue.note = step.to() == Reissue.State.PAUSED ? step.reason() : "";
    reissue.seq++;
    return true;
  }

  @Override
  public Map<String, Progress> progress(Collection<String> ids) {
    throw unasked();
  }

  @Override
  public List<Reissue> list(Place before, int limit) {
    throw unasked();
  }

  @Override
  public List<Payment.Result> rows(
      String id, Optional<Payment.State> state, int afterRow, int limit) {
    throw unasked();
  }

  @Override
  public Set<String> booked(Collection<Payment> payments) {
    throw unasked();
  }

  @Override
  public Map<String, Long> free(Collection<String> budgetIds) {
    throw unasked();
  }

  private static IllegalStateException unasked() {
    return new IllegalStateException("nobody looks at reissues here");
  }
}
