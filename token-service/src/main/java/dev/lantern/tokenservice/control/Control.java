package dev.lantern.tokenservice.control;

import dev.lantern.sdk.token.KeySet.Epoch;
import dev.lantern.tokenservice.keys.KeyLane;
import dev.lantern.tokenservice.signing.KeyRings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is decided, as this instance goes by it. A decision counts here at once when it is made
/// here, and with the next [#refresh] when it was made elsewhere. Safe for many threads.
public final class Control {
  private static final Logger log = LoggerFactory.getLogger(Control.class);

  private final DecisionStore store;
  private final KeyRings rings;
  private final InstantSource clock;
  private volatile Decisions now = Decisions.NONE;
  private volatile Instant readAt;
  private volatile boolean troubled;

  public Control(DecisionStore store, KeyRings rings, InstantSource clock) {
    this.store = store;
    this.rings = rings;
    this.clock = clock;
    this.readAt = clock.instant();
  }

  /// How old what is known is; as old as this object while nothing was ever read.
  public Duration age() {
    return Duration.between(readAt, clock.instant());
  }

  public Decisions now() {
    return now;
  }

  public boolean isHalted(KeyLane lane) {
    return now.halted().contains(lane);
  }

  public void revokeKey(String keyId, Decision decision) {
    store.revokeKey(keyId, decision);
    take();
  }

  /// The epoch that this request has ended, if it has; read from the store.
  public Optional<Epoch> epoch(String requestId) {
    return store.epoch(requestId);
  }

  public Epoch revokeEpoch(Epoch epoch, Decision decision) {
    Epoch kept = store.revokeEpoch(epoch, decision);
    take();
    return kept;
  }

  public boolean setHalted(KeyLane lane, boolean halted, Decision decision) {
    boolean was = store.setHalted(lane, halted, decision);
    take();
    if (was != halted) {
      log.warn(
          "signing {} in lane {}: by {}, {}",
          halted ? "halted" : "goes on",
          lane.word(),
          decision.by(),
          decision.reason());
    }
    return was;
  }

  /// Reads decisions and key files again, each whatever becomes of the other; what cannot be read
  /// stays what it was. Never throws.
  public void refresh() {
    // Files first: whoever revokes the last key has put another there before.
    boolean read = isRead(() -> rings.reload(clock.instant()));
    troubled = !(isRead(this::take) && read);
  }

  private boolean isRead(Runnable reading) {
    try {
      reading.run();
      return true;
    } catch (RuntimeException | Error e) {
      // Whatever it was: whoever calls each second must go on calling.
      if (!troubled) {
        log.error("keys or revocations cannot be read; the last known stand", e);
      }
      return false;
    }
  }

  /// Reads decisions again. Throws what the store throws; or IllegalStateException when no key is
  /// left that may sign, and then the revocations count all the same.
  public synchronized void take() {
    Instant asked = clock.instant();
    now = store.all();
    readAt = asked;
    rings.revoke(now.revokedKeys());
  }
}
