package dev.lantern.proving.stages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.proving.stages.StageCheck.Handed;
import dev.lantern.proving.stages.StageCheck.Verdict;
import dev.lantern.proving.stages.StageRows.Balance;
import dev.lantern.proving.stages.StageRows.Money;
import dev.lantern.proving.stages.StageRows.Order;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class StageCheckTest {
  private static final Instant BORDER = Instant.parse("2027-01-01T12:00:00Z");
  private static final String TREE =
      """
      activity: s
      children:
        - id: s-grey
          stage: GREY
          audience: {allow_list: [7, 8]}
          opens: 2027-01-01T11:00:00Z
          closes: 2027-01-01T12:00:00Z
          scenes:
            - {id: rain, rounds: [{rain_id: 2, opens: 2027-01-01T11:00:00Z, closes: 2027-01-01T12:00:00Z}]}
            - {id: timed}
        - id: s-official
          stage: OFFICIAL
          audience: {everyone: true}
          opens: 2027-01-01T12:00:00Z
          closes: 2027-01-02T12:00:00Z
          scenes:
            - {id: rain, rounds: [{rain_id: 3, opens: 2027-01-01T12:00:00Z, closes: 2027-01-01T13:00:00Z}]}
            - {id: timed}
      """;
  private static final StageOracle ORACLE = StageOracle.of(TREE);

  private final List<Order> orders = new ArrayList<>();
  private final List<Money> postings = new ArrayList<>();
  private final List<Balance> balances = new ArrayList<>();
  private final List<Handed> handed = new ArrayList<>();

  /// One order of each round, and of the scene without any one just before the border and one on
  /// it.
  StageCheckTest() {
    order("rain", 2, "s-grey", 2, BORDER.minusSeconds(9));
    order("rain", 3, "s-official", 3, BORDER.plusSeconds(9));
    order("timed", 0, "s-grey", 2, BORDER.minusNanos(1_000));
    order("timed", 0, "s-official", 3, BORDER);
    balances.add(new Balance(7, "s-grey", 20, 0));
    balances.add(new Balance(7, "s-official", 20, 0));
  }

  @Test
  void whatTheTreeSays_isRight() {
    Verdict verdict = judge();
    assertThat(verdict.wrong()).isEmpty();
    assertThat(verdict.ordersByStage()).containsEntry("GREY", 2L).containsEntry("OFFICIAL", 2L);
    assertThat(verdict.compared()).isEqualTo(4 + 4 + 2 + 2);
  }

  @Test
  void rowMovedToAnotherStage_isWrong() {
    change(1, o -> moved(o, "s-grey", 2));
    assertThat(kinds()).contains("ORDER");
  }

  @Test
  void rowOnTheWrongSideOfTheBorder_isWrong_whateverItsOwnTimeSays() {
    change(
        2,
        o ->
            new Order(
                o.actId(),
                o.orderNo(),
                "s-official",
                3,
                "timed",
                0,
                10,
                8,
                BORDER.plusSeconds(1),
                o.acceptedAt()));
    assertThat(kinds()).contains("ORDER");
  }

  @Test
  void numberOfAnotherStage_isWrong() {
    change(0, o -> named(o, "7_rain_2_1_3"));
    assertThat(kinds()).contains("NUMBER");
  }

  @Test
  void uninvitedUser_isWrong() {
    change(
        0,
        o ->
            new Order(
                9,
                o.orderNo(),
                o.childId(),
                o.stage(),
                o.sceneId(),
                o.rainId(),
                10,
                8,
                o.openTime(),
                o.acceptedAt()));
    assertThat(kinds()).contains("GUEST");
  }

  @Test
  void roundThatTheTreeHasNot_isWrong() {
    order("rain", 9, "s-official", 3, BORDER);
    assertThat(kinds()).contains("ORDER");
  }

  @Test
  void moneyOfAnotherStage_isWrong() {
    Money money = postings.getFirst();
    postings.set(
        0,
        new Money(7, "s-official", "cost:s-official", "user:7:s-official:1", 10, money.orderNo()));
    assertThat(kinds()).containsExactly("MONEY");
  }

  @Test
  void balanceThatHoldsAnotherStagesMoney_isWrong() {
    balances.set(0, new Balance(7, "s-grey", 10, 0));
    balances.set(1, new Balance(7, "s-official", 30, 0));
    assertThat(kinds()).containsExactly("BALANCE", "BALANCE");
  }

  @Test
  void missingBalance_andMoneySetAside_areWrong() {
    balances.set(0, new Balance(7, "s-grey", 20, 5));
    balances.removeLast();
    assertThat(kinds()).containsExactly("BALANCE", "BALANCE");
  }

  @Test
  void tokenSignedForAnotherChild_isWrong() {
    Handed one = handed.getLast();
    handed.set(handed.size() - 1, new Handed(one.orderNo(), one.openTime(), "s-grey"));
    assertThat(kinds()).containsExactly("TOKEN");
  }

  private void order(String scene, int rain, String child, int stage, Instant openTime) {
    String number = "7_%s_%d_1_%d".formatted(scene, rain, stage);
    orders.add(new Order(7, number, child, stage, scene, rain, 10, 8, openTime, openTime));
    postings.add(new Money(7, child, "cost:" + child, "user:7:" + child + ":1", 10, number));
    if (rain == 0) {
      handed.add(new Handed(number, openTime, child));
    }
  }

  private static Order moved(Order o, String child, int stage) {
    return new Order(
        o.actId(),
        o.orderNo(),
        child,
        stage,
        o.sceneId(),
        o.rainId(),
        o.amountFen(),
        o.state(),
        o.openTime(),
        o.acceptedAt());
  }

  private static Order named(Order o, String number) {
    return new Order(
        o.actId(),
        number,
        o.childId(),
        o.stage(),
        o.sceneId(),
        o.rainId(),
        o.amountFen(),
        o.state(),
        o.openTime(),
        o.acceptedAt());
  }

  private void change(int index, UnaryOperator<Order> change) {
    orders.set(index, change.apply(orders.get(index)));
  }

  private List<String> kinds() {
    return judge().wrong().stream().map(Wrong::kind).toList();
  }

  private Verdict judge() {
    return StageCheck.of(ORACLE, new StageRows(orders, postings, balances), handed);
  }
}
