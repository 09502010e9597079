package dev.lantern.simulation.world;

import dev.lantern.order.v1.AwardType;
import dev.lantern.order.v1.Stage;
import dev.lantern.ordercenter.order.ActId;
import dev.lantern.ordercenter.order.OrderNo;
import dev.lantern.ordercenter.order.RoundId;
import dev.lantern.ordercenter.reissue.Payment;
import dev.lantern.ordercenter.reissue.Reissue;
import dev.lantern.ordercenter.reissue.ReissueStore;
import dev.lantern.simulation.kernel.Dice;
import dev.lantern.simulation.kernel.LifeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// An operator who has orders of closed rounds paid: those that were told, or claimed, or that
/// nobody knows, and new entitlements. Hands each list in twice, pauses it now and then, and always
/// lets it go on.
final class Reissuer {
  private static final AwardType CASH = AwardType.AWARD_TYPE_CASH_RED_PACKET;
  private static final Duration AFTER_CLOSE = Duration.ofSeconds(3);
  private static final Duration LOOK = Duration.ofMillis(400);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);
  private static final Duration DEADLINE = Duration.ofSeconds(4);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);
  private static final String WAIT = "wait";
  private static final int MOST_ATTEMPTS = 40;
  private static final int ROWS_A_SECOND = 40;

  private final World world;
  private final List<String> ids = new ArrayList<>();
  private int made;

  Reissuer(World world) {
    this.world = world;
  }

  void run() {
    for (int round = 0; round < world.plan.rounds(); round++) {
      sleepUntil(world.campaign.closes(round).plus(AFTER_CLOSE));
      if (!world.campaign.things().isOne(round) && world.dice.chance(0.7)) {
        reissue(round);
      }
    }
    while (true) {
      world.baton.sleep(LOOK_AGAIN);
      ids.forEach(this::seeToIt);
    }
  }

  /// A pause that was given up may have come true after all.
  private void seeToIt(String id) {
    boolean[] stands = new boolean[1];
    insist(store ->
        stands[0] =
            store
                .find(id)
                .filter(one -> one.state() == Reissue.State.PAUSED)
                .filter(one -> one.note().equals(WAIT))
                .isPresent());
    if (stands[0]) {
      step(id, Set.of(Reissue.State.PAUSED), Reissue.State.RUNNING, "go on");
    }
  }

  private void reissue(int round) {
    List<Payment> payments = payments("r" + ++made, round);
    if (payments.isEmpty()) {
      return;
    }
    Reissue reissue = reissue("r" + made, payments);
    ids.add(reissue.id());
    world.reissues.means(payments);
    payments.forEach(payment -> world.dayCaps.decided(payment.orderNo().text()));
    for (int time = 0; time < 2; time++) {
      insist(store -> store.create(reissue, payments));
    }
    step(reissue.id(), Set.of(Reissue.State.CREATED), Reissue.State.RUNNING, "approved");
    if (world.dice.chance(0.5)) {
      world.baton.sleep(world.dice.wait(Duration.ZERO, LONGEST_PAUSE));
      step(reissue.id(), Set.of(Reissue.State.RUNNING), Reissue.State.PAUSED, WAIT);
      world.baton.sleep(world.dice.wait(Duration.ZERO, LONGEST_PAUSE));
      step(reissue.id(), Set.of(Reissue.State.PAUSED), Reissue.State.RUNNING, "go on");
    }
  }

  private void step(String id, Set<Reissue.State> from, Reissue.State to, String why) {
    insist(store ->
        store.move(
            new ReissueStore.Step(id, from, to, false, "operator", id + why, why), Instant.EPOCH));
  }

  /// Asks one process after another until one answers.
  private void insist(Function<ReissueStore, Boolean> call) {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      ApiProcess api = world.anApi();
      boolean[] answered = new boolean[1];
      var _ =
          Rpc.call(
              world.baton,
              world.dice,
              api.life,
              api.life.name() + ".reissue",
              DEADLINE,
              () ->
                  api.attempt(
                      "reissue",
                      () -> {
                        var _ = call.apply(api.parts.more.reissues);
                        answered[0] = true;
                      }));
      if (answered[0]) {
        return;
      }
      world.baton.sleep(LOOK);
    }
  }

  private List<Payment> payments(String id, int round) {
    Dice dice = world.dice;
    List<Payment> payments = new ArrayList<>();
    for (long user = 1; user <= world.plan.users(); user++) {
      if (dice.chance(0.6)) {
        payments.add(
            payment(
                payments.size() + 1,
                world.campaign.request(user, round, 0, LifeClock.BEGIN).orderNo(),
                false));
      }
      if (dice.chance(0.2)) {
        int rowNo = payments.size() + 1;
        OrderNo number =
            OrderNo.of(new ActId(user), new RoundId("ri-" + id, rowNo), CASH, Stage.STAGE_OFFICIAL);
        payments.add(payment(rowNo, number, true));
      }
    }
    return payments;
  }

  private Payment payment(int rowNo, OrderNo number, boolean entitled) {
    long fen = world.plan.mainFen() + (world.dice.chance(0.1) ? 2 : 0);
    return new Payment(
        rowNo,
        number,
        entitled,
        Campaign.CHILD,
        CASH,
        "main",
        "Main",
        Campaign.MAIN,
        fen,
        entitled ? fen : 0);
  }

  private Reissue reissue(String id, List<Payment> payments) {
    return new Reissue(
        id,
        "request-" + id,
        "lost",
        Campaign.PARENT,
        "trial",
        "",
        Reissue.State.CREATED,
        new Reissue.Caps(world.plan.mainFen() + 1, Long.MAX_VALUE),
        ROWS_A_SECOND,
        payments.size(),
        payments.stream().mapToLong(Payment::amountFen).sum(),
        "operator",
        LifeClock.BEGIN,
        "",
        Optional.empty(),
        Optional.empty(),
        "",
        0,
        0);
  }

  private void sleepUntil(Duration time) {
    Duration left = time.minusNanos(world.baton.now());
    if (left.isPositive()) {
      world.baton.sleep(left);
    }
  }
}
