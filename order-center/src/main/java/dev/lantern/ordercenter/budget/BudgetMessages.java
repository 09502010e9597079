package dev.lantern.ordercenter.budget;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import dev.lantern.order.v1.AdjustBudgetRequest;
import dev.lantern.order.v1.Budget;
import dev.lantern.order.v1.BudgetGuard;
import dev.lantern.order.v1.Lease;
import dev.lantern.ordercenter.budget.BudgetControl.Adjustment;
import dev.lantern.ordercenter.budget.BudgetControl.Guard;
import dev.lantern.ordercenter.budget.BudgetReader.Figures;
import dev.lantern.ordercenter.budget.BudgetReader.LeaseView;
import dev.lantern.ordercenter.budget.BudgetReader.Sample;
import dev.lantern.ordercenter.order.Times;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The contract's messages and the domain's values.
final class BudgetMessages {
  private static final double LEAST_SECONDS = 0.5;
  private static final double MOST_SECONDS = Duration.ofDays(3650).toSeconds();

  private BudgetMessages() {}

  /// A budget as it was at an instant.
  ///
  /// @param earlier what was used some time before, if that is known
  static Budget budget(
      String budgetId, Figures figures, Optional<Sample> earlier, int threshold, Instant asOf) {
    double rate = rate(figures, earlier, asOf);
    Budget.Builder budget =
        Budget.newBuilder()
            .setBudgetId(budgetId)
            .setActivityId(figures.activityId())
            .setTotal(figures.total())
            .setFree(figures.free())
            .setLeased(figures.leased())
            .setBooked(figures.booked())
            .setParked(figures.parked())
            .setOpenLeases(figures.openLeases())
            .setAsOfTime(Times.toProto(asOf))
            .setRatePerSecond(rate)
            .setThresholdPercent(threshold)
            .setFrozen(figures.frozen())
            .setPendingCut(figures.pendingCut())
            .setGuard(
                BudgetGuard.newBuilder()
                    .setAlarmPerSecond(figures.guard().alarmPerSecond())
                    .setAlarmPercentPerMinute(figures.guard().alarmPercentPerMinute())
                    .setFreezePerSecond(figures.guard().freezePerSecond()));
    if (rate > 0) {
      double seconds = Math.min(MOST_SECONDS, (figures.free() + figures.leased()) / rate);
      budget.setTimeLeft(Durations.fromMillis((long) (seconds * 1_000)));
    }
    return budget.build();
  }

  /// What was used a second since the sample; 0 when that is not known.
  static double rate(Figures figures, Optional<Sample> earlier, Instant asOf) {
    if (earlier.isEmpty()) {
      return 0;
    }
    double seconds = Duration.between(earlier.get().at(), asOf).toNanos() / 1e9;
    return seconds < LEAST_SECONDS
        ? 0
        : Math.max(0, (figures.used() - earlier.get().used()) / seconds);
  }

  static Lease lease(String budgetId, LeaseView lease) {
    Lease.Builder message =
        Lease.newBuilder()
            .setLeaseId(lease.leaseId())
            .setBudgetId(budgetId)
            .setHolder(lease.holder())
            .setSlice(lease.slice())
            .setBooked(lease.booked())
            .setState(dev.lantern.order.v1.LeaseState.forNumber(lease.state().code()))
            .setLog(lease.log())
            .setCreateTime(Times.toProto(lease.createdAt()))
            .setFencedPartitions(lease.fencedPartitions())
            .setPartitions(lease.partitions());
    lease.windowEndedAt().ifPresent(at -> message.setWindowEndTime(Times.toProto(at)));
    return message.build();
  }

  static Guard guard(BudgetGuard guard) {
    return new Guard(
        guard.getAlarmPerSecond(), guard.getAlarmPercentPerMinute(), guard.getFreezePerSecond());
  }

  /// Empty for what the contract does not let through.
  static Optional<Adjustment> adjustment(AdjustBudgetRequest.Kind kind) {
    return switch (kind) {
      case KIND_TOP_UP -> Optional.of(Adjustment.TOP_UP);
      case KIND_CUT -> Optional.of(Adjustment.CUT);
      case KIND_FREEZE -> Optional.of(Adjustment.FREEZE);
      case KIND_UNFREEZE -> Optional.of(Adjustment.UNFREEZE);
      case KIND_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
    };
  }

  /// Tells whether two requests ask the same.
  static ByteString digest(Message asked) {
    try {
      return ByteString.copyFrom(MessageDigest.getInstance("SHA-256").digest(asked.toByteArray()));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
