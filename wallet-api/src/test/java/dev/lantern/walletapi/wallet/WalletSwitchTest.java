package dev.lantern.walletapi.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.sdk.wallet.TokenMap;
import dev.lantern.sdk.wallet.TokenMaps;
import dev.lantern.sdk.wallet.WalletKey;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What a wallet is told of a source that is switched off: what it is told when that source is
/// down.
class WalletSwitchTest {
  private static final WalletKey KEY = new WalletKey(1, 7, "spring-official");

  private boolean on = true;

  @Test
  void tokens_switchedOff_areAsUnreachable() {
    TokenMaps maps =
        WalletSwitch.tokens(
            _ -> {
              throw new AssertionError("Redis was asked");
            },
            () -> on);
    on = false;
    assertThat(maps.read(KEY)).isEqualTo(new TokenMap.Unusable(TokenMap.Why.UNREACHABLE));
  }

  @Test
  void stages_switchedOff_areAnsweredFromMemory_orNotAtAll() {
    var campaigns =
        new Campaigns() {
          @Override
          public String childOfNow(String activityId, long actId) {
            return "spring-official";
          }

          @Override
          public Set<String> children(String activityId) {
            return Set.of("spring-official");
          }
        };
    long[] nanos = {0};
    var children = new Children(WalletSwitch.stages(campaigns, () -> on), () -> nanos[0]);
    assertThat(children.of("spring", "", 7))
        .isEqualTo(new Children.Child("spring-official", false));
    on = false;
    nanos[0] = 2 * Children.FRESH.toNanos();
    assertThat(children.of("spring", "", 7)).isEqualTo(new Children.Child("spring-official", true));
    var refused = catchThrowableOfType(Refused.class, () -> children.of("spring", "", 8));
    assertThat(refused.reason()).isEqualTo(Reason.REASON_DEPENDENCY_DOWN);
    assertThat(refused.metadata()).containsEntry("rule", "wallet.stages");
  }

  @Test
  void copies_switchedOff_areNotTaken() {
    Copies copies = WalletSwitch.copies((_, _) -> List.of(), WalletSwitch.PRESENT, () -> on);
    assertThat(copies.enter(7, List.of())).isEmpty();
    on = false;
    var refused = catchThrowableOfType(Refused.class, () -> copies.enter(7, List.of()));
    assertThat(refused.metadata()).containsEntry("rule", "token.present");
  }
}
