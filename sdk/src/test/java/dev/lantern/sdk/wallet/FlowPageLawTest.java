package dev.lantern.sdk.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Paging while orders are accepted, booked, parked and discarded between any two pages.
class FlowPageLawTest {
  private static final int SEEDS = 1500;

  @Test
  void flows_pagedWhileOrdersMove_comeOnceAndInOrder() {
    int pagesOfAll = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      World world = new World();
      for (int i = 0; i < 40; i++) {
        world.step(random);
      }
      Set<String> owedAtFirst = world.owed();
      int limit = 1 + random.nextInt(5);
      List<Flow> all = new ArrayList<>();
      boolean partial = false;
      Optional<FlowPosition> after = Optional.empty();
      int pages = 0;
      do {
        FlowPage page = new WalletReader(world, world).flows(World.KEY, after, limit);
        assertThat(page.flows()).hasSizeLessThanOrEqualTo(limit);
        all.addAll(page.flows());
        partial |= !page.missing().isEmpty();
        after = page.next();
        for (int i = random.nextInt(6); i > 0; i--) {
          world.step(random);
        }
        assertThat(++pages).as("paging ends").isLessThan(500);
      } while (after.isPresent());
      pagesOfAll += pages;

      List<String> numbers = all.stream().map(flow -> flow.position().orderNo()).toList();
      assertThat(numbers).as("seed %d: nothing twice", seed).doesNotHaveDuplicates();
      assertThat(all.stream().map(Flow::position).toList()).as("seed %d", seed).isSorted();
      if (!partial) {
        assertThat(new HashSet<>(numbers))
            .as("seed %d: nothing skipped", seed)
            .containsAll(owedAtFirst);
      }
    }
    assertThat(pagesOfAll).as("more than one page each").isGreaterThan(3 * SEEDS);
  }

  @Test
  void flows_exactlyFillingAPage_haveNoNext() {
    World world = new World();
    world.accept(5);
    world.commit(world.accept(7), World.Row.BOOKED);
    FlowPage page = new WalletReader(world, world).flows(World.KEY, Optional.empty(), 2);
    assertThat(page.flows()).extracting(Flow::amountFen).containsExactly(7L, 5L);
    assertThat(page.flows())
        .extracting(Flow::state)
        .containsExactly(Flow.State.DONE, Flow.State.PROCESSING);
    assertThat(page.next()).isEmpty();
  }

  @Test
  void flows_withRedisDown_areTheLedgersAloneAndSaySo() {
    World world = new World();
    world.accept(5);
    world.commit(world.accept(7), World.Row.BOOKED);
    world.redisUp(false);
    FlowPage page = new WalletReader(world, world).flows(World.KEY, Optional.empty(), 10);
    assertThat(page.flows()).extracting(Flow::amountFen).containsExactly(7L);
    assertThat(page.missing()).containsExactly(WalletView.Source.TOKENS);
  }
}
