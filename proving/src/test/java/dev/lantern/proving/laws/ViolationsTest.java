package dev.lantern.proving.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.proving.clientlog.Call;
import dev.lantern.proving.clientlog.Intent;
import dev.lantern.proving.clientlog.Protocol;
import dev.lantern.proving.clientlog.Told;
import dev.lantern.proving.laws.StoreFacts.BalanceRow;
import dev.lantern.proving.laws.StoreFacts.BudgetRow;
import dev.lantern.proving.laws.StoreFacts.LeaseBookedRow;
import dev.lantern.proving.laws.StoreFacts.LeaseRow;
import dev.lantern.proving.laws.StoreFacts.OrderRow;
import dev.lantern.proving.laws.StoreFacts.PlatformRow;
import dev.lantern.proving.laws.StoreFacts.PostingRow;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each way to break a law, done to a sound rain: the check of that law, and its kind, reports it.
final class ViolationsTest {
  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("violations")
  void violation_isReported(Law law, String kind, Consumer<SoundRain> violate) {
    var rain = new SoundRain();
    violate.accept(rain);
    LawReport report = Laws.check(rain.facts());
    assertThat(report.laws()).containsEntry(law, false);
    assertThat(kinds(rain, law)).contains(kind);
  }

  static Stream<Arguments> violations() {
    return Stream.of(
            List.of(once(), cap(), drain(), keep(), sum(), view(), count(), apart(), plain()))
        .flatMap(List::stream)
        .flatMap(s -> s);
  }

  private static Stream<Arguments> once() {
    return Stream.of(
        of(Law.ONCE, "POSTED_TOO_OFTEN", r -> r.postings.add(r.postings.getFirst())),
        of(Law.ONCE, "POSTED_OTHERWISE", r -> r.postings.removeFirst()),
        of(Law.ONCE, "POSTED_WITHOUT_ORDER", r -> r.orders.removeFirst()),
        of(Law.ONCE, "TOLD_ANOTHER_AMOUNT", r -> replaceOrder(r, 31, 3, 8, "")),
        of(
            Law.ONCE,
            "TOLD_TWO_OUTCOMES",
            r -> grab(r, Intent.AGAIN, SoundRain.accepted(SoundRain.ORDER_1, 31, true))),
        of(
            Law.ONCE,
            "REPLAY_NOT_MARKED",
            r -> grab(r, Intent.REPEAT, SoundRain.accepted(SoundRain.ORDER_1, 30, false))),
        of(
            Law.ONCE,
            "WRONG_NUMBER",
            r -> grab(r, Intent.REPEAT, SoundRain.accepted("11_r-a_2_1_3", 30, true))),
        of(Law.ONCE, "NOBODY_ASKED", r -> r.orders.add(order(33, "33_r-a_1_1_3", 0))),
        of(Law.ONCE, "TWO_REWARDS_ONE_ROUND", r -> r.orders.add(order(11, "11_r-a_1_1_2", 0))));
  }

  private static Stream<Arguments> cap() {
    return Stream.of(
        of(Law.CAP, "OVER_BUDGET", r -> r.budgets.set(0, new BudgetRow("r-main", 69, 0))),
        of(Law.CAP, "OVER_BUDGET", r -> r.budgets.clear()),
        of(
            Law.CAP,
            "TOTAL_NOT_AS_DECLARED",
            r -> r.budgets.set(0, new BudgetRow("r-main", 1_001, 931))));
  }

  private static Stream<Arguments> drain() {
    return Stream.of(
        of(
            Law.DRAIN,
            "BUDGET_DOES_NOT_ADD_UP",
            r -> r.budgets.set(0, new BudgetRow("r-main", 1_000, 929))),
        of(
            Law.DRAIN,
            "LEASE_COUNT_DIFFERS",
            r -> r.leaseBooked.set(0, new LeaseBookedRow(7, 3, 71, true))),
        of(Law.DRAIN, "ORDER_WITHOUT_LEASE", r -> r.leaseBooked.clear()),
        of(
            Law.DRAIN,
            "LEASE_OVERSPENT",
            r -> r.leases.set(0, new LeaseRow(7, "r-main", "x", 69, 4))),
        of(
            Law.DRAIN,
            "LEASE_NOT_CLOSED",
            r -> r.leases.set(0, new LeaseRow(7, "r-main", "x", 500, 2))),
        of(
            Law.DRAIN,
            "CLOSED_UNFENCED",
            r -> r.leaseBooked.set(0, new LeaseBookedRow(7, 3, 70, false))));
  }

  private static Stream<Arguments> keep() {
    return Stream.of(
        of(Law.KEEP, "GONE", r -> r.orders.removeFirst()),
        of(Law.KEEP, "PARKED_SILENTLY", r -> replaceOrder(r, 30, 3, 4, "")),
        of(Law.KEEP, "DISCARDED", r -> replaceOrder(r, 30, 3, 9, "")),
        of(Law.KEEP, "STATE_UNKNOWN", r -> replaceOrder(r, 30, 3, 1, "")),
        of(Law.KEEP, "CAMPAIGN_GONE", r -> r.applied = false));
  }

  private static Stream<Arguments> sum() {
    return Stream.of(
        of(
            Law.SUM,
            "BALANCE_DIFFERS",
            r -> r.balances.set(0, new BalanceRow(11, "r-official", 1, 31, 0, 31))),
        of(Law.SUM, "BALANCE_MISSING", r -> r.balances.removeFirst()),
        of(
            Law.SUM,
            "HELD_FOR_NOTHING",
            r -> r.balances.set(0, new BalanceRow(11, "r-official", 1, 30, 5, 30))),
        of(
            Law.SUM,
            "PLATFORM_DIFFERS",
            r -> r.platform.set(0, new PlatformRow("cost:r-official", 70, 3))),
        of(Law.SUM, "PLATFORM_MISSING", r -> r.platform.clear()),
        of(
            Law.SUM,
            "MOVES_NOTHING",
            r ->
                r.postings.add(
                    new PostingRow(11, "p", "r-official", 1, "a", "a", 5, SoundRain.ORDER_1))));
  }

  private static Stream<Arguments> view() {
    return Stream.of(
        of(Law.VIEW, "SHOWN_TOO_LITTLE", r -> wallet(r, Intent.LOOK, 29, 0)),
        of(Law.VIEW, "SHOWN_TOO_MUCH", r -> wallet(r, Intent.LOOK, 31, 0)),
        of(Law.VIEW, "PENDING_BEYOND_BALANCE", r -> wallet(r, Intent.LOOK, 30, 31)),
        of(
            Law.VIEW,
            "DIPPED",
            r -> {
              wallet(r, Intent.LOOK, 30, 0);
              r.call(
                  0,
                  11,
                  Protocol.JSON,
                  Call.WALLET,
                  Intent.LOOK,
                  990,
                  "r-official",
                  SoundRain.wallet(29, 0));
            }),
        of(
            Law.VIEW,
            "WALLET_IS_NOT_THE_LEDGER",
            r -> r.balances.set(0, new BalanceRow(11, "r-official", 1, 29, 0, 29))),
        of(
            Law.VIEW,
            "NEVER_EXACT",
            r ->
                r.call(
                    7,
                    77,
                    Protocol.JSON,
                    Call.WALLET,
                    Intent.FINAL_LOOK,
                    950,
                    "r-official",
                    new Told.WalletShown("r-official", 0, 0, 0, 0, 0, false, List.of("tokens")))),
        of(Law.VIEW, "WALLET_IS_NOT_THE_LEDGER", r -> wallet(r, Intent.FINAL_LOOK, 30, 30)),
        of(Law.VIEW, "FLOW_MISSING", r -> flows(r, List.of())),
        of(
            Law.VIEW,
            "FLOW_TWICE",
            r ->
                flows(
                    r,
                    List.of(
                        new Told.FlowLine("DEPOSIT", SoundRain.ORDER_1, 30, "DONE"),
                        new Told.FlowLine("DEPOSIT", SoundRain.ORDER_1, 30, "PROCESSING")))));
  }

  private static Stream<Arguments> count() {
    return Stream.of(
        of(Law.COUNT, "WENT_BACK", r -> counter(r, Intent.LOOK, 1)),
        of(Law.COUNT, "AHEAD_OF_THE_LEDGER", r -> counter(r, Intent.LOOK, 3)),
        of(Law.COUNT, "END_DIFFERS", r -> counter(r, Intent.FINAL_LOOK, 1)),
        of(Law.COUNT, "END_DIFFERS", r -> r.log.removeIf(e -> e.subject().equals("r.fen"))));
  }

  private static Stream<Arguments> apart() {
    return Stream.of(
        of(Law.APART, "ROW_OF_ANOTHER_STAGE", r -> replaceOrder(r, 30, 2, 8, "")),
        of(
            Law.APART,
            "ROW_OF_NO_SCENE",
            r ->
                r.orders.add(
                    new OrderRow(
                        11,
                        "11_x_1_1_3",
                        "r-official",
                        3,
                        "x",
                        1,
                        1,
                        1,
                        false,
                        0,
                        "r-main",
                        7,
                        3,
                        8,
                        ""))),
        of(
            Law.APART,
            "ROW_OF_ANOTHER_BUDGET",
            r ->
                r.orders.set(
                    0,
                    new OrderRow(
                        11,
                        SoundRain.ORDER_1,
                        "r-official",
                        3,
                        "r-a",
                        1,
                        1,
                        1,
                        false,
                        30,
                        "other",
                        7,
                        3,
                        8,
                        ""))),
        of(
            Law.APART,
            "SHOWN_ANOTHERS",
            r -> flows(r, List.of(new Told.FlowLine("DEPOSIT", SoundRain.ORDER_2, 40, "DONE")))),
        of(
            Law.APART,
            "PLAYED_ELSEWHERE",
            r -> grab(r, Intent.NOT_ELIGIBLE, SoundRain.accepted(SoundRain.ORDER_1, 30, true))),
        of(
            Law.APART,
            "FOREIGN_ORDER_SHOWN",
            r ->
                r.call(
                    0,
                    11,
                    Protocol.JSON,
                    Call.ORDER,
                    Intent.FOREIGN_ORDER,
                    700,
                    "",
                    new Told.OrderShown(
                        SoundRain.ORDER_2, "SUCCESS", "r-official", "STAGE_OFFICIAL", "r-a", 40))),
        of(
            Law.APART,
            "WALLET_OF_ANOTHER_CHILD",
            r ->
                r.call(
                    0,
                    11,
                    Protocol.JSON,
                    Call.WALLET,
                    Intent.LOOK,
                    700,
                    "r-official",
                    new Told.WalletShown("else", 0, 0, 0, 0, 0, false, List.of()))),
        of(
            Law.APART,
            "MIXED_UP_PEOPLE",
            r ->
                r.call(
                    0,
                    22,
                    Protocol.JSON,
                    Call.SESSION,
                    Intent.OPEN,
                    700,
                    "",
                    new Told.SessionOpened("live"))),
        of(
            Law.APART,
            "SESSION_OF_ANOTHER_LANE",
            r ->
                r.call(
                    0,
                    11,
                    Protocol.JSON,
                    Call.SESSION,
                    Intent.OPEN,
                    700,
                    "",
                    new Told.SessionOpened("stress"))),
        of(
            Law.APART,
            "MONEY_ASTRAY",
            r ->
                r.postings.set(
                    0,
                    new PostingRow(
                        11,
                        "p",
                        "r-official",
                        1,
                        "cost:r-official",
                        "user:22:r-official:1",
                        30,
                        SoundRain.ORDER_1))));
  }

  private static Stream<Arguments> plain() {
    return Stream.of(
        of(Law.PLAIN, "SAYS_NOT_WHO", r -> early(r, "ROUND_NOT_OPEN", "", 700L, 400)),
        of(Law.PLAIN, "UNKNOWN_REASON", r -> early(r, "BECAUSE", "order-center", 700L, 400)),
        of(
            Law.PLAIN,
            "STATUS_IS_NOT_THE_CODE",
            r -> early(r, "ROUND_NOT_OPEN", "order-center", 700L, 503)),
        of(Law.PLAIN, "SAYS_NOT_WHEN", r -> early(r, "ROUND_NOT_OPEN", "order-center", null, 400)),
        of(
            Law.PLAIN,
            "SAYS_TWO_TIMES",
            r -> early(r, "ROUND_NOT_OPEN", "order-center", 9_000L, 400)),
        of(
            Law.PLAIN,
            "INVITES_USELESS_RETRY",
            r -> early(r, "ROUND_CLOSED", "order-center", 700L, 400)),
        of(Law.PLAIN, "ANOTHER_REASON", r -> early(r, "NOT_ELIGIBLE", "order-center", null, 400)),
        of(Law.PLAIN, "NAMES_NO_FIELD", r -> early(r, "INVALID_FIELD", "order-center", null, 400)),
        of(Law.PLAIN, "INTERNAL_ERROR", r -> early(r, "INTERNAL", "order-center", null, 500)),
        of(Law.PLAIN, "PROTOCOLS_DIFFER", r -> early(r, "ROUND_NOT_OPEN", "edge", 700L, 400)),
        of(
            Law.PLAIN,
            "NOT_REFUSED",
            r -> grab(r, Intent.EARLY, SoundRain.accepted(SoundRain.ORDER_1, 30, true))));
  }

  private static Arguments of(Law law, String kind, Consumer<SoundRain> violate) {
    return Arguments.of(law, kind, violate);
  }

  private static List<String> kinds(SoundRain rain, Law law) {
    return Laws.check(rain.facts()).findings().stream()
        .filter(f -> f.law() == law)
        .map(Finding::kind)
        .toList();
  }

  private static void grab(SoundRain rain, Intent intent, Told told) {
    rain.grab(0, 11, Protocol.JSON, intent, 600, told);
  }

  private static void wallet(SoundRain rain, Intent intent, long balance, long pending) {
    rain.call(
        0,
        11,
        Protocol.JSON,
        Call.WALLET,
        intent,
        950,
        "r-official",
        SoundRain.wallet(balance, pending));
  }

  private static void flows(SoundRain rain, List<Told.FlowLine> lines) {
    rain.call(
        0,
        11,
        Protocol.JSON,
        Call.FLOWS,
        Intent.LOOK,
        700,
        "r-official",
        new Told.FlowsShown(lines, List.of()));
  }

  private static void counter(SoundRain rain, Intent intent, long value) {
    rain.call(
        0,
        11,
        Protocol.JSON,
        Call.COUNTER,
        intent,
        950,
        "r.opened",
        SoundRain.counter("r.opened", value));
  }

  private static void early(
      SoundRain rain, String reason, String layer, @Nullable Long retryMs, int http) {
    String code = http == 500 ? "INTERNAL" : "FAILED_PRECONDITION";
    grab(
        rain,
        Intent.EARLY,
        new Told.Refused(
            code,
            http,
            reason,
            "lantern",
            layer,
            "round",
            "",
            retryMs,
            null,
            retryMs == null ? null : 1L));
  }

  private static OrderRow order(long actId, String orderNo, long fen) {
    return new OrderRow(
        actId, orderNo, "r-official", 3, "r-a", 1, 1, 100, false, fen, "r-main", 7, 3, 8, "");
  }

  private static void replaceOrder(SoundRain rain, long fen, int stage, int state, String why) {
    rain.orders.set(
        0,
        new OrderRow(
            11,
            SoundRain.ORDER_1,
            "r-official",
            stage,
            "r-a",
            1,
            1,
            1,
            false,
            fen,
            "r-main",
            7,
            3,
            state,
            why));
  }
}
