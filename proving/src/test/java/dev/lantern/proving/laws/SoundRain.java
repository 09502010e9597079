package dev.lantern.proving.laws;

import dev.lantern.proving.clientlog.Call;
import dev.lantern.proving.clientlog.ClientEntry;
import dev.lantern.proving.clientlog.Intent;
import dev.lantern.proving.clientlog.Protocol;
import dev.lantern.proving.clientlog.RunRecord;
import dev.lantern.proving.clientlog.Told;
import dev.lantern.proving.laws.StoreFacts.BalanceRow;
import dev.lantern.proving.laws.StoreFacts.BudgetRow;
import dev.lantern.proving.laws.StoreFacts.LeaseBookedRow;
import dev.lantern.proving.laws.StoreFacts.LeaseRow;
import dev.lantern.proving.laws.StoreFacts.OrderRow;
import dev.lantern.proving.laws.StoreFacts.PlatformRow;
import dev.lantern.proving.laws.StoreFacts.PostingRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Facts of a tiny rain in which every law holds: two users, one round, 30 and 40 fen of a budget
/// of 1,000, drained. Tests change one thing of it.
final class SoundRain {
  static final String ORDER_1 = "11_r-a_1_1_3";
  static final String ORDER_2 = "22_r-a_1_1_3";

  final List<ClientEntry> log = new ArrayList<>();
  final List<OrderRow> orders = new ArrayList<>();
  final List<StoreFacts.ConflictRow> conflicts = new ArrayList<>();
  final List<PostingRow> postings = new ArrayList<>();
  final List<BalanceRow> balances = new ArrayList<>();
  final List<PlatformRow> platform = new ArrayList<>();
  final List<BudgetRow> budgets = new ArrayList<>();
  final List<LeaseRow> leases = new ArrayList<>();
  final List<LeaseBookedRow> leaseBooked = new ArrayList<>();
  boolean applied = true;
  boolean queueEmpty = true;
  boolean drained = true;

  SoundRain() {
    user(0, 11, Protocol.JSON, ORDER_1, 30);
    user(1, 22, Protocol.GRPC, ORDER_2, 40);
    call(
        0,
        11,
        Protocol.JSON,
        Call.COUNTER,
        Intent.FINAL_LOOK,
        900,
        "r.opened",
        counter("r.opened", 2));
    call(0, 11, Protocol.JSON, Call.COUNTER, Intent.FINAL_LOOK, 910, "r.fen", counter("r.fen", 70));
    platform.add(new PlatformRow("cost:r-official", 70, 2));
    budgets.add(new BudgetRow("r-main", 1_000, 930));
    leases.add(new LeaseRow(7, "r-main", "order-center/api-1", 500, StoreFacts.LEASE_CLOSED));
    leaseBooked.add(new LeaseBookedRow(7, 3, 70, true));
  }

  private void user(int user, long actId, Protocol protocol, String order, long fen) {
    call(user, actId, protocol, Call.SESSION, Intent.OPEN, 1, "", new Told.SessionOpened("live"));
    grab(user, actId, protocol, Intent.FIRST, 100, accepted(order, fen, false));
    grab(user, actId, protocol, Intent.REPEAT, 200, accepted(order, fen, true));
    grab(user, actId, protocol, Intent.EARLY, 50, early(protocol));
    call(user, actId, protocol, Call.WALLET, Intent.LOOK, 300, "r-official", wallet(fen, fen));
    call(user, actId, protocol, Call.FLOWS, Intent.LOOK, 310, "r-official", flows(order, fen));
    call(user, actId, protocol, Call.WALLET, Intent.FINAL_LOOK, 800, "r-official", wallet(fen, 0));
    orders.add(
        new OrderRow(
            actId, order, "r-official", 3, "r-a", 1, 1, 1, false, fen, "r-main", 7, 3, 8, ""));
    postings.add(
        new PostingRow(
            actId,
            order,
            "r-official",
            1,
            "cost:r-official",
            "user:" + actId + ":r-official:1",
            fen,
            order));
    balances.add(new BalanceRow(actId, "r-official", 1, fen, 0, fen));
  }

  static Told.Accepted accepted(String order, long fen, boolean replayed) {
    return new Told.Accepted(
        order, "AWARD_TYPE_CASH_RED_PACKET", "main", fen, false, replayed, "PROCESSING", true);
  }

  static Told.Refused early(Protocol protocol) {
    boolean json = protocol == Protocol.JSON;
    return new Told.Refused(
        "FAILED_PRECONDITION",
        json ? 400 : 0,
        "ROUND_NOT_OPEN",
        "lantern",
        "order-center",
        "round",
        "",
        700L,
        json ? null : 700L,
        json ? 1L : null);
  }

  static Told.WalletShown wallet(long balanceFen, long pendingFen) {
    return new Told.WalletShown(
        "r-official",
        balanceFen,
        balanceFen - pendingFen,
        pendingFen,
        pendingFen > 0 ? 1 : 0,
        balanceFen,
        false,
        List.of());
  }

  static Told.FlowsShown flows(String order, long fen) {
    return new Told.FlowsShown(
        List.of(new Told.FlowLine("DEPOSIT", order, fen, "PROCESSING")), List.of());
  }

  static Told.CounterShown counter(String name, long value) {
    return new Told.CounterShown(name, value, value, "A");
  }

  void grab(int user, long actId, Protocol protocol, Intent intent, long sentMs, Told told) {
    log.add(
        new ClientEntry(
            user,
            actId,
            protocol,
            Call.GRAB,
            intent,
            sentMs * 1_000_000,
            sentMs * 1_000_000 + 500_000,
            "r-a",
            1,
            "",
            told));
  }

  void call(
      int user,
      long actId,
      Protocol protocol,
      Call call,
      Intent intent,
      long sentMs,
      String subject,
      Told told) {
    log.add(
        new ClientEntry(
            user,
            actId,
            protocol,
            call,
            intent,
            sentMs * 1_000_000,
            sentMs * 1_000_000 + 500_000,
            "",
            0,
            subject,
            told));
  }

  RunRecord run() {
    var round = new RunRecord.Round(1, "2027-01-01T12:00:00Z", "2027-01-01T12:00:30Z");
    return new RunRecord(
        "r",
        "birth",
        "2027-01-01T11:59:00Z",
        "r",
        2,
        1,
        0,
        0,
        List.of(new RunRecord.Child("r-official", "OFFICIAL", List.of())),
        List.of(new RunRecord.Scene("r-a", "r-official", "main", "r-main", "", "", List.of(round))),
        List.of(new RunRecord.Budget("r-main", 1_000)),
        drained);
  }

  Facts facts() {
    return new Facts(Optional.of(run()), log, stores(), queueEmpty, drained);
  }

  StoreFacts stores() {
    return new StoreFacts(
        "r",
        applied,
        orders,
        conflicts,
        postings,
        balances,
        platform,
        budgets,
        leases,
        leaseBooked,
        List.of());
  }
}
