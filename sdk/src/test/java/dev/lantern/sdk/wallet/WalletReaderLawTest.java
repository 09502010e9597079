package dev.lantern.sdk.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/// Law VIEW over random interleavings of a reader with everything that moves an order, and the
/// mutations of the reader that must break it.
class WalletReaderLawTest {
  private static final int SEEDS = 4000;
  private static final int STEPS_BEFORE = 25;
  private static final int STEPS_BETWEEN_MAX = 8;

  /// A way to read: given the world and what happens between the two reads, the view.
  private interface Reading extends BiFunction<World, Runnable, WalletView> {}

  private static WalletView asBuilt(World world, Runnable meanwhile) {
    TokenMaps maps =
        key -> {
          TokenMap map = world.read(key);
          meanwhile.run();
          return map;
        };
    return new WalletReader(maps, world).wallet(World.KEY);
  }

  private static WalletView ledgerFirst(World world, Runnable meanwhile) {
    Ledger early = world.freeze();
    meanwhile.run();
    TokenMap map = world.read(World.KEY);
    return WalletView.of(map, early.read(sums(map)));
  }

  private static WalletView twoSnapshots(World world, Runnable meanwhile) {
    TokenMap map = world.read(World.KEY);
    Ledger.Books early = world.read(sums(map));
    meanwhile.run();
    Ledger.Books late = world.read(sums(map));
    return WalletView.of(
        map,
        new Ledger.Books(
            early.settled(),
            early.handled(),
            early.inbox(),
            late.booked(),
            late.waiting(),
            List.of()));
  }

  private static WalletView everyEpochSettled(World world, Runnable meanwhile) {
    TokenMap map = world.read(World.KEY);
    meanwhile.run();
    Ledger.Books books = world.read(sums(map));
    return WalletView.of(
        map,
        new Ledger.Books(
            true, books.handled(), books.inbox(), books.booked(), books.waiting(), List.of()));
  }

  @Test
  void wallet_readWhileOrdersMove_keepsTheLaw() {
    assertThat(violations(WalletReaderLawTest::asBuilt)).isEmpty();
  }

  @Test
  void wallet_readWithSettledRedis_isMostlyExact() {
    long exact = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      if (run(WalletReaderLawTest::asBuilt, seed).view().missing().isEmpty()) {
        exact++;
      }
    }
    // Else the law above would hold of nothing: partial answers have no lower bound.
    assertThat(exact).isGreaterThan(SEEDS / 2);
  }

  @Test
  void mutation_ledgerBeforeRedis_losesPromisedMoney() {
    assertThat(violations(WalletReaderLawTest::ledgerFirst)).contains(Violation.LESS_THAN_OWED);
  }

  @Test
  void mutation_twoSnapshots_countsAnOrderTwice() {
    assertThat(violations(WalletReaderLawTest::twoSnapshots))
        .contains(Violation.MORE_THAN_PROMISED);
  }

  @Test
  void mutation_epochNotJudged_losesPromisedMoneyUnmarked() {
    assertThat(violations(WalletReaderLawTest::everyEpochSettled))
        .contains(Violation.LESS_THAN_OWED);
  }

  private enum Violation {
    LESS_THAN_OWED,
    MORE_THAN_PROMISED,
    INCOME_DIPS
  }

  private record Run(
      long owedBefore, long endedBefore, long endedAfter, long promisedAfter, WalletView view) {}

  private static Set<Violation> violations(Reading reading) {
    Set<Violation> found = new java.util.TreeSet<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      Run run = run(reading, seed);
      long shown = run.view().balanceFen();
      long endedMeanwhile = run.endedAfter() - run.endedBefore();
      boolean exact = run.view().missing().isEmpty();
      if (exact && shown < run.owedBefore() - endedMeanwhile) {
        found.add(Violation.LESS_THAN_OWED);
      }
      if (shown > run.promisedAfter() - run.endedBefore()) {
        found.add(Violation.MORE_THAN_PROMISED);
      }
      if (run.view().incomeFen() != shown) {
        found.add(Violation.INCOME_DIPS);
      }
    }
    return found;
  }

  private static Run run(Reading reading, int seed) {
    Random random = new Random(seed);
    World world = new World();
    int before = random.nextInt(STEPS_BEFORE);
    for (int i = 0; i < before; i++) {
      world.step(random);
    }
    long owed = world.owedFen();
    long ended = world.endedFen();
    int between = random.nextInt(STEPS_BETWEEN_MAX);
    WalletView view =
        reading.apply(
            world,
            () -> {
              for (int i = 0; i < between; i++) {
                world.step(random);
              }
            });
    return new Run(owed, ended, world.endedFen(), world.promisedFen(), view);
  }

  private static Ledger.Question sums(TokenMap map) {
    return Ledger.Question.of(map, World.KEY, new Ledger.Wanted.Sums());
  }
}
