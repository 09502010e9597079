package dev.lantern.simulation.ledger;

import com.google.protobuf.ByteString;
import dev.lantern.order.v1.AwardType;
import dev.lantern.order.v1.OrderState;
import dev.lantern.order.v1.Stage;
import dev.lantern.ordercenter.order.Awards;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.order.Fingerprint;
import dev.lantern.ordercenter.order.OrderNo;
import dev.lantern.ordercenter.order.Outcome;
import dev.lantern.ordercenter.order.Worth;
import dev.lantern.ordercenter.settle.KnownOrder;
import dev.lantern.ordercenter.settle.OrderRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A row of `orders`.
public final class OrderEntry {
  private static final Map<String, Integer> PLACES = places();

  private final List<@Nullable Object> values;
  private final long actId;
  private final String orderNo;
  OrderState state;
  @Nullable String parkReason;
  @Nullable Instant nextAt;
  @Nullable Instant bookedAt;
  int tries;
  long countedLease;
  boolean compensated;
  long seq;

  private OrderEntry(OrderEntry other) {
    this.values = new ArrayList<>(other.values);
    this.compensated = other.compensated;
    this.actId = other.actId;
    this.orderNo = other.orderNo;
    this.state = other.state;
    this.parkReason = other.parkReason;
    this.nextAt = other.nextAt;
    this.bookedAt = other.bookedAt;
    this.tries = other.tries;
    this.countedLease = other.countedLease;
    this.seq = other.seq;
  }

  OrderEntry(OrderRow row) {
    this.values = new ArrayList<>(row.values());
    this.actId = row.actId();
    this.orderNo = row.orderNo();
    this.state = row.state();
    this.parkReason = (String) value("park_reason");
    this.nextAt = (Instant) value("next_at");
    this.bookedAt = (Instant) value("booked_at");
    this.countedLease = number("counted_lease_id");
  }

  /// The row as it is now.
  OrderEntry copy() {
    return new OrderEntry(this);
  }

  public long actId() {
    return actId;
  }

  public String orderNo() {
    return orderNo;
  }

  public OrderState state() {
    return state;
  }

  public long amountFen() {
    return number("amount_fen");
  }

  public long countedLease() {
    return countedLease;
  }

  /// Whether it waits for an operator, for a reason that begins so.
  public boolean isParkedFor(String reason) {
    return state == OrderState.ORDER_STATE_PARKED
        && parkReason != null
        && parkReason.startsWith(reason);
  }

  public Instant acceptedAt() {
    return (Instant) Objects.requireNonNull(value("accepted_at"));
  }

  public String budgetId() {
    return text("budget_id");
  }

  public int partition() {
    return (int) number("partition_no");
  }

  public Fingerprint fingerprint() {
    return Fingerprint.of((byte[]) Objects.requireNonNull(value("fingerprint")));
  }

  String parentActivityId() {
    return text("parent_activity_id");
  }

  public String activityId() {
    return text("activity_id");
  }

  public Stage stage() {
    return Objects.requireNonNull(Stage.forNumber((int) number("stage")));
  }

  public Instant openTime() {
    return (Instant) Objects.requireNonNull(value("open_time"));
  }

  String sceneId() {
    return text("scene_id");
  }

  /// What it takes of its budget: fen of money, one of a thing.
  public long units() {
    return isThing() && !budgetId().isEmpty() ? 1 : amountFen();
  }

  public boolean isThing() {
    return Awards.isThing(given());
  }

  /// Whether a downstream has refused it, and something else was given instead.
  public boolean isCompensated() {
    return compensated;
  }

  /// Whether the thing that was promised is not given, whatever is given instead.
  public boolean isThingRefused() {
    return compensated || (isThing() && countedLease == 0 && !budgetId().isEmpty());
  }

  /// Something else than was promised, after a refusal.
  void become(
      OrderState next,
      @Nullable Instant booked,
      @Nullable String why,
      Outcome outcome,
      long lease) {
    set("given_type", outcome.given().getNumber());
    set("reward_id", outcome.rewardId());
    set("title", outcome.title());
    set("fallback", true);
    set("amount_fen", outcome.amount().value());
    set("budget_id", outcome.budgetId());
    state = next;
    bookedAt = booked;
    parkReason = why;
    countedLease = lease;
    compensated = true;
    seq++;
  }

  /// Refused, and nothing was foreseen: its unit is gone, the promise stands.
  void waitUndecided(String why) {
    state = OrderState.ORDER_STATE_PARKED;
    parkReason = why;
    countedLease = 0;
    seq++;
  }

  /// As settlement knows it.
  KnownOrder known() {
    return new KnownOrder(fingerprintBytes(), worth());
  }

  /// What was promised: the thing, too, where its downstream has refused it.
  public Worth worth() {
    return compensated
        ? new Worth(Fen.ZERO, true, false)
        : new Worth(Fen.of(amountFen()), isThing(), Boolean.TRUE.equals(value("fallback")));
  }

  AwardType given() {
    return Objects.requireNonNull(AwardType.forNumber((int) number("given_type")));
  }

  ByteString fingerprintBytes() {
    return fingerprint().sha256();
  }

  /// As accept reads it.
  dev.lantern.ordercenter.order.OrderRow read() {
    return new dev.lantern.ordercenter.order.OrderRow(
        OrderNo.parse(orderNo).orElseThrow(),
        parentActivityId(),
        activityId(),
        new Outcome(
            given(),
            text("reward_id"),
            Fen.of(amountFen()),
            Boolean.TRUE.equals(value("fallback")),
            text("title"),
            budgetId()),
        Fen.of(number("requested_amount_fen")),
        number("lease_id"),
        countedLease(),
        partition(),
        fingerprint(),
        state,
        Optional.ofNullable(parkReason),
        (int) number("app_id"),
        text("token_key_id"),
        (Instant) Objects.requireNonNull(value("open_time")),
        (Instant) Objects.requireNonNull(value("accepted_at")),
        Optional.ofNullable(bookedAt));
  }

  private static Map<String, Integer> places() {
    Map<String, Integer> places = new HashMap<>();
    for (String column : OrderRow.COLUMNS.split(", ", -1)) {
      places.put(column, places.size());
    }
    return Map.copyOf(places);
  }

  private void set(String column, Object to) {
    values.set(Objects.requireNonNull(PLACES.get(column)), to);
  }

  private @Nullable Object value(String column) {
    return values.get(Objects.requireNonNull(PLACES.get(column)));
  }

  private String text(String column) {
    return (String) Objects.requireNonNull(value(column));
  }

  private long number(String column) {
    return ((Number) Objects.requireNonNull(value(column))).longValue();
  }
}
