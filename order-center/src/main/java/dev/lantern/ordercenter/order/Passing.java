package dev.lantern.ordercenter.order;

import dev.lantern.acceptlog.v1.StoredToken;
import dev.lantern.ordercenter.budget.LeasesByLog;
import dev.lantern.ordercenter.budget.Unit;
import dev.lantern.ordercenter.order.AcceptBatch.Asked;
import dev.lantern.ordercenter.order.AcceptBatch.Way;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One order on its way through a batch: what has been decided, taken, signed and sent for it, and
/// how it ended, once it has. Belongs to the thread that works on its batch.
final class Passing {
  private final Asked asked;
  private @Nullable Way way;
  private @Nullable Claim claim;
  private @Nullable StoredToken stored;
  private Optional<Unit> unit = Optional.empty();
  private boolean sent;

  Passing(Asked asked) {
    this.asked = asked;
  }

  /// Those that have not ended.
  static List<Passing> going(List<Passing> all) {
    return all.stream().filter(it -> it.way == null).toList();
  }

  AcceptRequest request() {
    return asked.request();
  }

  OrderNo number() {
    return asked.request().orderNo();
  }

  String traceparent() {
    return asked.traceparent();
  }

  Claim claim() {
    return held(claim);
  }

  StoredToken stored() {
    return held(stored);
  }

  Optional<Unit> unit() {
    return unit;
  }

  Way way() {
    return held(way);
  }

  void decided(Claim mine, Optional<Unit> taken) {
    claim = mine;
    unit = taken;
  }

  void signed(StoredToken token) {
    stored = token;
  }

  /// From here on the unit stays taken whatever happens (L3).
  void sent() {
    sent = true;
  }

  void tell(AcceptResult result) {
    end(new Way.Told(result));
  }

  /// It was never sent: its unit goes back (A2), and so does the order, to be accepted by itself.
  void goAlone(LeasesByLog leases) {
    unit.ifPresent(leases::putBack);
    end(new Way.Alone());
  }

  /// The same, with an answer.
  void giveUp(LeasesByLog leases, AcceptResult result) {
    unit.ifPresent(leases::putBack);
    tell(result);
  }

  /// Its step failed; what had been sent by then is in doubt, and nothing else is.
  void fail(LeasesByLog leases, RuntimeException cause) {
    if (way != null) {
      return;
    }
    if (sent) {
      tell(Accept.unknown("it is not known whether the order was taken"));
      return;
    }
    unit.ifPresent(leases::putBack);
    end(new Way.Failed(cause));
  }

  private void end(Way end) {
    if (way != null) {
      throw new IllegalStateException("order " + request().orderNo() + " ended twice");
    }
    way = end;
  }

  private static <T> T held(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("not that far yet");
    }
    return value;
  }
}
