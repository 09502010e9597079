package dev.lantern.ordercenter.order;

import dev.lantern.runtime.errors.Refused;

/// From a domain refusal to the one callers see.
public final class Refusals {
  private static final String LAYER = "order-center";

  private Refusals() {}

  public static Refused toRefused(Refusal refusal) {
    Refused refused = Refused.of(refusal.reason(), refusal.message()).layer(LAYER);
    if (refusal.field().isPresent()) {
      refused = refused.field(refusal.field().get());
    }
    return refusal.retryAfter().isPresent()
        ? refused.retryAfter(refusal.retryAfter().get())
        : refused;
  }
}
