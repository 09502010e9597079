package dev.lantern.tokenservice;

import dev.lantern.common.v1.Lane;
import dev.lantern.sdk.token.TokenFormat;
import dev.lantern.sdk.token.TokenVerifier;
import dev.lantern.sdk.token.VerifiedRoots;
import dev.lantern.token.v1.KeyPurpose;
import dev.lantern.tokenservice.alarm.PresentationWatch;
import dev.lantern.tokenservice.alarm.Presented;
import dev.lantern.tokenservice.alarm.TokenAlarms;
import dev.lantern.tokenservice.control.Control;
import dev.lantern.tokenservice.control.Decision;
import dev.lantern.tokenservice.keys.KeyLane;
import dev.lantern.tokenservice.keys.KeyScope;
import dev.lantern.tokenservice.keys.Purpose;
import dev.lantern.tokenservice.log.LoggedRoots;
import dev.lantern.tokenservice.log.RootChain;
import dev.lantern.tokenservice.log.RootLog;
import dev.lantern.tokenservice.log.RootStore;
import dev.lantern.tokenservice.signing.KeyRings;
import dev.lantern.tokenservice.signing.LoadedKey;
import dev.lantern.tokenservice.token.BatchSigner;
import dev.lantern.tokenservice.token.LaneSigner;
import dev.lantern.tokenservice.token.RewardVerifier;
import dev.lantern.tokenservice.token.ServiceKeys;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes what a lane has of its own.
///
/// @param random blinds leaves
record LaneWiring(
    TokenServiceConfig config,
    KeyRings rings,
    Control control,
    RootStore roots,
    TokenAlarms alarms,
    SecureRandom random,
    InstantSource clock) {
  private static final Logger log = LoggerFactory.getLogger(LaneWiring.class);

  Rewards.OfLane of(KeyLane lane) {
    return new Rewards.OfLane(
        signer(lane),
        verifier(lane),
        new PresentationWatch(alarms, new Presented(), () -> halt(lane)));
  }

  private LaneSigner signer(KeyLane lane) {
    var chain = new RootChain(roots, lane, config.instance());
    return new LaneSigner(
        "sign-" + lane.word(),
        config.signing().terms(),
        now -> key(lane, now),
        new BatchSigner(format(lane), random, config.signing().treeSize()),
        new RootLog(chain, "root-log-" + lane.word(), config.signing().mostWaiting()),
        clock);
  }

  private RewardVerifier verifier(KeyLane lane) {
    var keys = new ServiceKeys(rings::now, control::now, config.keys().tokenLife());
    int most = config.signing().rootCache();
    return new RewardVerifier(
        new TokenVerifier(keys, lane(lane), new VerifiedRoots(most), clock),
        new LoggedRoots(roots, lane, most),
        lane(lane));
  }

  private LoadedKey key(KeyLane lane, Instant now) {
    LoadedKey key = rings.now().current(new KeyScope(Purpose.REWARD, lane), now);
    if (control.now().revokedKeys().contains(key.key().id().value())) {
      throw new IllegalStateException("every key of this lane's rewards is revoked");
    }
    return key;
  }

  private void halt(KeyLane lane) {
    if (control.isHalted(lane)) {
      return;
    }
    var decision =
        new Decision(
            "",
            "token-service",
            "a signed token is not in the signed-root log: somebody has the key",
            clock.instant().truncatedTo(ChronoUnit.MICROS));
    try {
      var _ = control.setHalted(lane, true, decision);
    } catch (RuntimeException e) {
      log.error("signing cannot be halted in lane {}", lane.word(), e);
    }
  }

  private static TokenFormat format(KeyLane lane) {
    return TokenFormat.of(KeyPurpose.KEY_PURPOSE_REWARD, lane(lane));
  }

  private static Lane lane(KeyLane lane) {
    return switch (lane) {
      case LIVE -> Lane.LANE_LIVE;
      case STRESS -> Lane.LANE_STRESS;
    };
  }
}
