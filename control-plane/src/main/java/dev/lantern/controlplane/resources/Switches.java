package dev.lantern.controlplane.resources;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.rpc.Code;
import dev.lantern.common.v1.Reason;
import dev.lantern.controlplane.policy.OnRefuse;
import dev.lantern.controlplane.policy.Rule;
import io.envoyproxy.envoy.service.runtime.v3.Runtime;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Switches as Envoy sees them: a runtime layer of fractions.
///
/// Every switch is there twice, as its value and as what is missing to ten thousand, since a route
/// can ask "off" only of a key that is high when the switch is low. Always a numerator and a
/// denominator: a bare integer was read in two ways. The denominator is ten thousand for ever: with
/// another, people would be thrown out.
public final class Switches {
  /// The runtime resource's name.
  public static final String LAYER = "switches";

  static final int FULL = 10_000;

  private Switches() {}

  static String onKey(String name) {
    return "switch." + name;
  }

  static String offKey(String name) {
    return "switch_off." + name;
  }

  static Runtime layer(Map<String, Integer> perTenThousand) {
    var fields = Struct.newBuilder();
    new TreeMap<>(perTenThousand)
        .forEach((name, value) ->
            fields
                .putFields(onKey(name), fraction(value))
                .putFields(offKey(name), fraction(FULL - value)));
    return Runtime.newBuilder().setName(LAYER).setLayer(fields).build();
  }

  static Refusal refusal(Rule.Degradation rule, OnRefuse onRefuse) {
    return off(rule.switchName(), rule.origin().revision(), onRefuse);
  }

  /// What is told while a switch is off.
  static Refusal off(String switchName, long revision, OnRefuse onRefuse) {
    return new Refusal(
        503,
        Code.UNAVAILABLE,
        Reason.REASON_SWITCHED_OFF,
        "switch",
        switchName,
        revision,
        onRefuse.message(),
        Optional.of(onRefuse.after()),
        onRefuse.jitter());
  }

  static Refusal refusal(Rule.Switch rule, Rule.Drop drop) {
    return new Refusal(
        503,
        Code.UNAVAILABLE,
        Reason.REASON_DROPPED,
        "drop",
        rule.id(),
        rule.origin().revision(),
        drop.onRefuse().message(),
        Optional.of(drop.onRefuse().after()),
        drop.onRefuse().jitter());
  }

  private static Value fraction(int numerator) {
    return Value.newBuilder()
        .setStructValue(
            Struct.newBuilder()
                .putFields("numerator", Value.newBuilder().setNumberValue(numerator).build())
                .putFields(
                    "denominator", Value.newBuilder().setStringValue("TEN_THOUSAND").build()))
        .build();
  }
}
