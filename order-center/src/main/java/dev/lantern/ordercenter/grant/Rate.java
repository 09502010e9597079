package dev.lantern.ordercenter.grant;

import java.time.Duration;

/// How fast a downstream may be called.
public interface Rate {
  /// Takes one call out of the rate; zero when it was there, else how long to wait before one could
  /// be, and none was taken.
  Duration take();
}
