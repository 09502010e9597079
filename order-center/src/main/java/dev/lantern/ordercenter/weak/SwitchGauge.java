package dev.lantern.ordercenter.weak;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import java.util.Locale;

/// The metric `lantern.switch` (name, source): 1 while a dependency is used, 0 while the source has
/// switched it off for this instance.
public final class SwitchGauge {
  private static final AttributeKey<String> NAME = AttributeKey.stringKey("name");
  private static final AttributeKey<String> SOURCE = AttributeKey.stringKey("source");

  private SwitchGauge() {}

  public static void show(Dependencies dependencies, Meter meter) {
    var _ =
        meter
            .gaugeBuilder("lantern.switch")
            .ofLongs()
            .buildWithCallback(gauge -> {
              for (OrderSwitch one : dependencies.mine()) {
                var by = dependencies.offBy(one);
                for (Dependencies.Source source : Dependencies.Source.values()) {
                  gauge.record(
                      by.filter(source::equals).isPresent() ? 0 : 1,
                      Attributes.of(
                          NAME, one.id(), SOURCE, source.name().toLowerCase(Locale.ROOT)));
                }
              }
            });
  }
}
