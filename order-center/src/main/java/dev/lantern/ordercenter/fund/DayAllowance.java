package dev.lantern.ordercenter.fund;

import dev.lantern.ordercenter.fund.Days.Reservation;
import dev.lantern.ordercenter.fund.Days.Reserved;
import dev.lantern.ordercenter.order.AcceptRequest;
import dev.lantern.ordercenter.order.Allowance;
import dev.lantern.ordercenter.order.Outcome;
import dev.lantern.ordercenter.settle.DailyCap;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Predicate;

/// [Allowance] by the scene's daily cap.
///
/// The day is kept in Redis by order number, one step before each claim, so accept does without
/// MySQL. Only where Redis may have lost the day (its epoch began within it) the first order of a
/// user asks ledger and tokens once; and where orders of the day were taken without Redis, which
/// its epoch does not tell, every order asks. What both have lost, accepted and not booked yet, is
/// caught by the booking transaction, which parks what goes over the cap ([DailyCap#CODE]).
public final class DayAllowance implements Allowance {
  private final CampaignLimits limits;
  private final Days days;
  private final SpentToday spent;
  private final Predicate<Instant> trustsSilence;
  private final ZoneId zone;

  /// @param trustsSilence whether Redis has been told of every order accepted since an instant
  ///   ([Modes#trustsSilence])
  public DayAllowance(
      CampaignLimits limits,
      Days days,
      SpentToday spent,
      Predicate<Instant> trustsSilence,
      ZoneId zone) {
    this.limits = limits;
    this.days = days;
    this.spent = spent;
    this.trustsSilence = trustsSilence;
    this.zone = zone;
  }

  @Override
  public boolean admits(AcceptRequest request, Outcome outcome, Instant now) {
    if (outcome.amount().isZero()) {
      return true;
    }
    Optional<DailyCap> cap =
        limits.dailyCap(
            request.activityId(),
            request.orderNo().round().sceneId(),
            request.orderNo().actId().value(),
            now);
    return cap.isEmpty() || admits(request, outcome, cap.get());
  }

  private boolean admits(AcceptRequest request, Outcome outcome, DailyCap cap) {
    Reservation ask =
        new Reservation(
            request.lane(),
            cap,
            request.orderNo().text(),
            outcome.amount().value(),
            cap.day().date().atStartOfDay(zone).toInstant(),
            cap.day().date().plusDays(1).atStartOfDay(zone).toInstant());
    Reserved reserved =
        trustsSilence.test(ask.begins()) ? days.reserve(ask, Optional.empty()) : Reserved.UNSURE;
    if (reserved == Reserved.UNSURE) {
      reserved = days.reserve(ask, Optional.of(spent.of(cap.day(), ask.begins(), ask.ends())));
    }
    return switch (reserved) {
      case ADMITTED -> true;
      case OVER -> false;
      case UNSURE -> throw new IllegalStateException("unsure of a day that was seeded");
    };
  }
}
