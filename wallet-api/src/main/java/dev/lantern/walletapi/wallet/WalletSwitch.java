package dev.lantern.walletapi.wallet;

import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.runtime.switches.Switches;
import dev.lantern.sdk.wallet.TokenMap;
import dev.lantern.sdk.wallet.TokenMaps;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// wallet-api's part of the switch catalogue. Each removes a source that a wallet can do without;
/// what users then see is what they see when that source is down.
public enum WalletSwitch {
  /// The wallet itself; the edge obeys it, too.
  VIEW("wallet.view"),
  /// Redis A: what is promised and not booked yet.
  TOKENS("wallet.tokens"),
  /// order-center: which child activity is the one of now.
  STAGES("wallet.stages"),
  /// Handing clients' copies in.
  COPIES("wallet.copies"),
  /// The same for the copies that come with a wallet's call; the edge turns away the call of their
  /// own.
  PRESENT("token.present");

  private final String id;

  WalletSwitch(String id) {
    this.id = id;
  }

  public String id() {
    return id;
  }

  /// What [Switches] is to know.
  public static Map<String, Integer> catalogue() {
    Map<String, Integer> all = new LinkedHashMap<>();
    for (WalletSwitch one : values()) {
      all.put(one.id, Switches.ON);
    }
    return all;
  }

  /// The maps while the switch is on; unreachable while it is off.
  public static TokenMaps tokens(TokenMaps maps, BooleanSupplier on) {
    return key ->
        on.getAsBoolean() ? maps.read(key) : new TokenMap.Unusable(TokenMap.Why.UNREACHABLE);
  }

  /// order-center while the switch is on; down while it is off.
  public static Campaigns stages(Campaigns campaigns, BooleanSupplier on) {
    return new Campaigns() {
      @Override
      public String childOfNow(String activityId, long actId) {
        require(on, STAGES);
        return campaigns.childOfNow(activityId, actId);
      }

      @Override
      public Set<String> children(String activityId) {
        require(on, STAGES);
        return campaigns.children(activityId);
      }
    };
  }

  /// Copies while a switch is on; not taken while it is off.
  public static Copies copies(Copies copies, WalletSwitch which, BooleanSupplier on) {
    return (actId, tokens) -> {
      require(on, which);
      return copies.enter(actId, tokens);
    };
  }

  private static void require(BooleanSupplier on, WalletSwitch which) {
    if (!on.getAsBoolean()) {
      throw Refused.of(Reason.REASON_DEPENDENCY_DOWN, "switched off for now")
          .rule(which.id)
          .dependency(which.id);
    }
  }
}
