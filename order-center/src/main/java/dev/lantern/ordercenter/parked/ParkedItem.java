package dev.lantern.ordercenter.parked;

import dev.lantern.order.v1.AwardType;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/// Something set aside, as an operator sees it.
///
/// @param countedLease the lease that counts its unit; 0 when none does
/// @param unreadable its record could not be read; its bytes are kept
public record ParkedItem(
    Kind kind,
    Key key,
    String activityId,
    AwardType given,
    String rewardId,
    String title,
    boolean fallback,
    long amountFen,
    String budgetId,
    String reason,
    int tries,
    Instant acceptedAt,
    Optional<Instant> nextAt,
    long countedLease,
    boolean unreadable) {

  /// What it is.
  public enum Kind {
    ORDER,
    RETRYING,
    CONFLICT
  }

  /// Its place in the list.
  ///
  /// @param promise of a conflict: fingerprint and outcome in hexadecimal; empty for an order
  public record Key(long actId, String orderNo, String promise) implements Comparable<Key> {
    public static final Key FIRST = new Key(-1, "", "");
    private static final Comparator<Key> ORDER =
        Comparator.comparingLong(Key::actId)
            .thenComparing(Key::orderNo)
            .thenComparing(Key::promise);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  /// What waits for one reason.
  public record Total(Kind kind, String reason, long count, long amountFen) {}
}
