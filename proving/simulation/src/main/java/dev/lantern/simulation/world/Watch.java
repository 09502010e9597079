package dev.lantern.simulation.world;

import dev.lantern.ordercenter.closing.ClosingWatch;
import dev.lantern.ordercenter.closing.UnclosedLease;
import dev.lantern.ordercenter.settle.PartitionId;
import dev.lantern.ordercenter.settle.SettleWatch;
import dev.lantern.ordercenter.settle.Verdict;
import dev.lantern.ordercenter.sweep.Forcing;
import dev.lantern.ordercenter.sweep.StoredToken;
import dev.lantern.ordercenter.sweep.SweepWatch;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/// What operations would see: notes in the trace, and a page where something is broken that nothing
/// the simulation does to the servers explains.
record Watch(Witness witness, BooleanSupplier logLost)
    implements SettleWatch, ClosingWatch, SweepWatch {
  @Override
  public void booked(PartitionId partition, List<Verdict> verdicts, Duration took) {
    witness.note("booked", partition + " " + verdicts.size());
  }

  @Override
  public void lag(PartitionId partition, long records, Duration age) {}

  @Override
  public void unavailable(String what, Exception why) {
    witness.note("unavailable", what + " " + why);
  }

  @Override
  public void page(PartitionId partition, String why) {
    // Whoever lost the log is called; anything else is a defect.
    if (logLost.getAsBoolean()) {
      witness.note("page", partition + ": " + why);
    } else {
      witness.page(partition + ": " + why);
    }
  }

  @Override
  public void lost(PartitionId partition) {
    witness.note("lost", partition.toString());
  }

  @Override
  public void foundDead(UnclosedLease lease) {
    witness.note("dead", "lease " + lease.leaseId());
  }

  @Override
  public void fenced(long leases) {
    witness.note("fenced", Long.toString(leases));
  }

  @Override
  public void closed(UnclosedLease lease, long returnedUnits) {
    witness.note("closed", "lease " + lease.leaseId() + " returns " + returnedUnits);
  }

  @Override
  public void windowSwept(int leases) {
    witness.note("swept", leases + " leases");
  }

  @Override
  public void page(UnclosedLease lease, String why) {
    witness.page("lease " + lease.leaseId() + ": " + why);
  }

  @Override
  public void frozen(String log, long leases) {
    if (logLost.getAsBoolean()) {
      witness.note("frozen", log + " " + leases);
    } else {
      witness.page(log + " has vanished");
    }
  }

  @Override
  public void removed(int tokens) {
    if (tokens > 0) {
      witness.note("removed", Integer.toString(tokens));
    }
  }

  @Override
  public void forced(StoredToken token, Forcing.Outcome outcome) {
    witness.note("forced", token.promise().orderNo() + " " + outcome);
  }

  @Override
  public void unreadable(int entries) {
    witness.page(entries + " unreadable tokens");
  }
}
