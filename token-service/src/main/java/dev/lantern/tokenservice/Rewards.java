package dev.lantern.tokenservice;

import dev.lantern.tokenservice.alarm.PresentationWatch;
import dev.lantern.tokenservice.keys.KeyLane;
import dev.lantern.tokenservice.token.LaneSigner;
import dev.lantern.tokenservice.token.RewardVerifier;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/// What each lane has of its own.
final class Rewards implements AutoCloseable {
  record OfLane(LaneSigner signer, RewardVerifier verifier, PresentationWatch watch) {}

  private final Map<KeyLane, OfLane> lanes = new EnumMap<>(KeyLane.class);

  Rewards(Function<KeyLane, OfLane> made) {
    for (KeyLane lane : KeyLane.values()) {
      lanes.put(lane, made.apply(lane));
    }
  }

  LaneSigner signer(KeyLane lane) {
    return of(lane).signer();
  }

  RewardVerifier verifier(KeyLane lane) {
    return of(lane).verifier();
  }

  PresentationWatch watch(KeyLane lane) {
    return of(lane).watch();
  }

  @Override
  public void close() {
    lanes.values().forEach(lane -> lane.signer().close());
  }

  private OfLane of(KeyLane lane) {
    OfLane of = lanes.get(lane);
    if (of == null) {
      throw new IllegalStateException("every lane was made");
    }
    return of;
  }
}
