package dev.lantern.ordercenter.fund;

import java.time.DateTimeException;
import java.time.ZoneId;

/// The section `fund` of the configuration; the same at every instance.
///
/// @param dayZone where a person's day begins and ends
public record FundConfig(String dayZone) {
  public FundConfig {
    try {
      var _ = ZoneId.of(dayZone);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("fund.day_zone is no time zone: " + dayZone, e);
    }
  }

  public ZoneId zone() {
    return ZoneId.of(dayZone);
  }
}
