package dev.lantern.ordercenter.fund;

import dev.lantern.ordercenter.fund.Days.Reservation;
import dev.lantern.ordercenter.fund.Days.Reserved;
import dev.lantern.ordercenter.order.AcceptRequest;
import dev.lantern.ordercenter.order.Allowance;
import dev.lantern.ordercenter.order.Mode;
import dev.lantern.ordercenter.order.Outcome;
import dev.lantern.ordercenter.settle.DailyCap;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// [Allowance] by the scene's daily cap.
///
/// The day is kept in Redis by order number, one step before each claim, so accept does without
/// MySQL. Only where Redis may have lost the day (its epoch began within it) the first order of a
/// user asks ledger and tokens once; and where orders of the day were taken without Redis, which
/// its epoch does not tell, every order asks. Who goes without Redis himself asks the ledger alone.
/// What both have lost, accepted and not booked yet, is caught by the booking transaction, which
/// parks what goes over the cap ([DailyCap#CODE]).
public final class DayAllowance implements Allowance {
  private final CampaignLimits limits;
  private final Days days;
  private final SpentToday spent;
  private final Predicate<Instant> trustsSilence;
  private final ZoneId zone;

  /// @param trustsSilence whether Redis has been told of every order accepted since an instant
  ///   ([dev.lantern.ordercenter.order.Modes#trustsSilence])
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
  public boolean admits(AcceptRequest request, Outcome outcome, Mode mode, Instant now) {
    if (outcome.amount().isZero()) {
      return true;
    }
    Optional<DailyCap> cap = cap(request, now);
    if (cap.isEmpty()) {
      return true;
    }
    Reservation ask = reservation(request, outcome, cap.get());
    return mode.claims() ? reserves(ask) : fitsByLedger(ask);
  }

  @Override
  public boolean isUnlimited(AcceptRequest request, Instant now) {
    return cap(request, now).isEmpty();
  }

  private Optional<DailyCap> cap(AcceptRequest request, Instant now) {
    return limits.dailyCap(
        request.activityId(),
        request.orderNo().round().sceneId(),
        request.orderNo().actId().value(),
        now);
  }

  private Reservation reservation(AcceptRequest request, Outcome outcome, DailyCap cap) {
    return new Reservation(
        request.lane(),
        cap,
        request.orderNo().text(),
        outcome.amount().value(),
        cap.day().date().atStartOfDay(zone).toInstant(),
        cap.day().date().plusDays(1).atStartOfDay(zone).toInstant());
  }

  // Nothing is reserved: what races with this order is the booking's to judge.
  private boolean fitsByLedger(Reservation ask) {
    long others =
        spent.ofLedger(ask.cap().day(), ask.begins(), ask.ends()).entrySet().stream()
            .filter(entry -> !entry.getKey().equals(ask.orderNo()))
            .mapToLong(Map.Entry::getValue)
            .reduce(0, Math::addExact);
    return Math.addExact(others, ask.fen()) <= ask.cap().capFen();
  }

  private boolean reserves(Reservation ask) {
    Reserved reserved =
        trustsSilence.test(ask.begins()) ? days.reserve(ask, Optional.empty()) : Reserved.UNSURE;
    if (reserved == Reserved.UNSURE) {
      reserved =
          days.reserve(ask, Optional.of(spent.of(ask.cap().day(), ask.begins(), ask.ends())));
    }
    return switch (reserved) {
      case ADMITTED -> true;
      case OVER -> false;
      case UNSURE -> throw new IllegalStateException("unsure of a day that was seeded");
    };
  }
}
