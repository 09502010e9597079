package dev.lantern.ordercenter.settle;

import java.time.LocalDate;
import java.util.Comparator;

/// How much one person may be given in a day over a parent activity.
///
/// @param capFen [#UNLIMITED] for an order that counts towards the day and is not held against it
public record DailyCap(Day day, long capFen) {
  public static final long UNLIMITED = Long.MAX_VALUE;

  /// How the reason begins of an order that is parked for it.
  public static final String CODE = "OVER_DAILY_CAP";

  /// The same day, which this order counts towards whatever it comes to.
  public DailyCap waived() {
    return new DailyCap(day, UNLIMITED);
  }

  /// One person's day. Ordered as rows are locked.
  public record Day(long actId, LocalDate date, String parentActivityId)
      implements Comparable<Day> {
    private static final Comparator<Day> ORDER =
        Comparator.comparingLong(Day::actId)
            .thenComparing(Day::date)
            .thenComparing(Day::parentActivityId);

    @Override
    public int compareTo(Day other) {
      return ORDER.compare(this, other);
    }
  }
}
