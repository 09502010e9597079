package dev.lantern.ordercenter.weak;

import java.time.Duration;

/// The numbers [ClaimGaps] goes by; the same at every instance.
///
/// @param quiet how long after its first mark an instance accepts nothing without claims
/// @param trust how long a look at the marks may be relied on; shorter than `quiet` by more than
///   clocks of unlike rates make of it
/// @param fresh how old an instance's own last mark may be while it accepts without claims
/// @param clocksDiffer how far wall clocks may differ, `fresh` included
public record GapTerms(Duration quiet, Duration trust, Duration fresh, Duration clocksDiffer) {
  public static final GapTerms STANDARD =
      new GapTerms(
          Duration.ofSeconds(3),
          Duration.ofSeconds(2),
          Duration.ofSeconds(3),
          Duration.ofSeconds(10));

  public GapTerms {
    if (quiet.compareTo(trust) <= 0 || clocksDiffer.compareTo(fresh) <= 0) {
      throw new IllegalArgumentException("who waits must wait longer than others trust");
    }
  }
}
