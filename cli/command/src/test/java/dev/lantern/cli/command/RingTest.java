package dev.lantern.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class RingTest {
  @Test
  void selection_ofNoneOrAll_leavesNothingOut() {
    assertThat(Ring.selection(EnumSet.noneOf(Ring.class))).isEmpty();
    assertThat(Ring.selection(EnumSet.allOf(Ring.class))).isEmpty();
  }

  @Test
  void selection_withUnit_excludesTheRest() {
    assertThat(Ring.selection(EnumSet.of(Ring.UNIT)))
        .containsExactly("-Drings.excluded=engine,mesh,e2e");
    assertThat(Ring.selection(EnumSet.of(Ring.UNIT, Ring.ENGINE)))
        .containsExactly("-Drings.excluded=mesh,e2e");
  }

  @Test
  void selection_withoutUnit_namesItsTags() {
    assertThat(Ring.selection(EnumSet.of(Ring.ENGINE))).containsExactly("-Dgroups=engine");
    assertThat(Ring.selection(EnumSet.of(Ring.E2E, Ring.MESH)))
        .containsExactly("-Dgroups=mesh|e2e");
  }
}
