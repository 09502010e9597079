package dev.lantern.proving.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lantern.cli.stack.detour.Detour;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class OrderCenterCasesTest {
  @Test
  void everythingReachedByADetour_isKilledFrozenRestartedCutAndSlowed() {
    Set<Fault> every = EnumSet.of(Fault.KILL, Fault.FREEZE, Fault.RESTART, Fault.CUT, Fault.SLOW);
    for (Detour detour : Detour.values()) {
      Set<Fault> faults =
          cases().stream()
              .filter(one -> one.hit().size() == 1)
              .filter(one -> detour.part().startsWith(one.hit().getFirst()))
              .map(ChaosCase::fault)
              .collect(Collectors.toSet());
      assertThat(faults).as(detour.part()).containsAll(every);
    }
  }

  @Test
  void everyFault_isDoneToSomething() {
    assertThat(cases()).extracting(ChaosCase::fault).containsAll(Arrays.asList(Fault.values()));
  }

  @Test
  void choice_isOfWhatIsNamed() {
    assertThat(OrderCenterCases.of(List.of("kafka"), List.of("full")))
        .flatExtracting(OrderCenterCases.Group::cases)
        .extracting(ChaosCase::name)
        .containsExactly("full kafka");
    assertThatThrownBy(() -> OrderCenterCases.of(List.of("nobody"), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> OrderCenterCases.of(List.of("settle"), List.of("cut")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<ChaosCase> cases() {
    return OrderCenterCases.all().stream().flatMap(group -> group.cases().stream()).toList();
  }
}
