package dev.lantern.controlplane.ratelimit.decide;

/// What goes wrong in a [LimitWorld].
///
/// @param many whether some calls want several hits
/// @param waves whether calls come in floods and lulls
/// @param crowd whether each limiter knows of as many other keys, all full, as it may
record Faults(
    boolean network, boolean clocks, boolean deaths, boolean many, boolean waves, boolean crowd) {
  static final Faults ALL = new Faults(true, true, true, true, true, true);
  static final Faults NONE = new Faults(false, false, false, false, false, false);
  static final Faults CROWD = new Faults(false, false, false, false, false, true);
}
