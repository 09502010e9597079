package dev.lantern.tokenservice;

import dev.lantern.common.v1.Reason;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.runtime.identity.RequestContext;
import dev.lantern.sdk.token.KeySet.Epoch;
import dev.lantern.token.v1.ListKeysRequest;
import dev.lantern.token.v1.ListKeysResponse;
import dev.lantern.token.v1.PublicKey;
import dev.lantern.token.v1.RevokeEpochRequest;
import dev.lantern.token.v1.RevokeEpochResponse;
import dev.lantern.token.v1.RevokeKeyRequest;
import dev.lantern.token.v1.RevokeKeyResponse;
import dev.lantern.token.v1.RotateKeyRequest;
import dev.lantern.token.v1.RotateKeyResponse;
import dev.lantern.tokenservice.control.Control;
import dev.lantern.tokenservice.control.Decision;
import dev.lantern.tokenservice.keys.Jwks;
import dev.lantern.tokenservice.keys.KeyLane;
import dev.lantern.tokenservice.keys.KeyScope;
import dev.lantern.tokenservice.keys.Purpose;
import dev.lantern.tokenservice.keys.SigningKey;
import dev.lantern.tokenservice.keys.UnusableKeyException;
import dev.lantern.tokenservice.signing.KeyRing;
import dev.lantern.tokenservice.signing.KeyRings;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What operators do with keys, and what everybody may know of them: proto to domain and back.
final class KeyDesk {
  private static final Logger log = LoggerFactory.getLogger(KeyDesk.class);

  private final KeyRings rings;
  private final Control control;
  private final TokenServiceConfig.Keys terms;
  private final InstantSource clock;

  KeyDesk(KeyRings rings, Control control, TokenServiceConfig.Keys terms, InstantSource clock) {
    this.rings = rings;
    this.control = control;
    this.terms = terms;
    this.clock = clock;
  }

  ListKeysResponse list(ListKeysRequest request) {
    KeyRing ring = rings.now();
    List<SigningKey> keys =
        ring.keys().stream()
            .filter(key -> Translation.matches(request.getPurpose(), key.scope().purpose()))
            .toList();
    ListKeysResponse.Builder response = ListKeysResponse.newBuilder();
    keys.forEach(key -> response.addKeys(told(ring, key)));
    response.addAllRevokedKeyIds(control.now().revokedKeys());
    control.now().epochs().forEach(epoch -> response.addRevokedEpochs(Translation.epoch(epoch)));
    return response
        .setJwksJson(Jwks.render(keys))
        .setRefreshSeconds((int) terms.refresh().toSeconds())
        .build();
  }

  RotateKeyResponse rotate(RotateKeyRequest request) {
    KeyScope scope =
        new KeyScope(
            Translation.purpose(request.getPurpose()), Translation.lane(request.getLane()));
    if (scope.lane() == KeyLane.STRESS && scope.purpose() != Purpose.REWARD) {
      throw Refused.of(Reason.REASON_INVALID_FIELD, "of trials only the rewards' key is replaced")
          .field("purpose");
    }
    Instant now = clock.instant();
    String former = rings.now().current(scope, now).key().id().value();
    SigningKey key = making(() -> next(scope, now));
    note(
        "key {} follows {}", key.id().value(), former, request.getRequestId(), request.getReason());
    return RotateKeyResponse.newBuilder()
        .setFormerKeyId(former)
        .setKey(told(rings.now(), key))
        .build();
  }

  RevokeKeyResponse revoke(RevokeKeyRequest request) {
    Instant now = clock.instant();
    SigningKey key =
        rings.now().keys().stream()
            .filter(it -> it.id().value().equals(request.getKeyId()))
            .findFirst()
            .orElse(null);
    if (key == null && !control.now().revokedKeys().contains(request.getKeyId())) {
      throw Refused.of(Reason.REASON_NOT_FOUND, "there is no such key").rule("key");
    }
    if (key != null && needsAnother(key, now)) {
      var _ = making(() -> rings.begin(key.scope(), now));
    }
    Stored.done(() ->
        control.revokeKey(
            request.getKeyId(), decision(request.getRequestId(), request.getReason())));
    note("key {} revoked{}", request.getKeyId(), "", request.getRequestId(), request.getReason());
    return RevokeKeyResponse.newBuilder().setKey(current(scopeOf(request.getKeyId()))).build();
  }

  RevokeEpochResponse revoke(RevokeEpochRequest request) {
    if (request.getRainId() != 0 && request.getSceneId().isEmpty()) {
      throw Refused.of(Reason.REASON_INVALID_FIELD, "a round is of a scene").field("scene_id");
    }
    KeyScope scope = new KeyScope(Purpose.REWARD, Translation.lane(request.getLane()));
    // Before another key is made: one for each lost reply would be many, and one while the database
    // is down would be for nothing.
    Optional<Epoch> before = Stored.kept(() -> control.epoch(request.getRequestId()));
    Epoch epoch = before.orElseGet(() -> ended(request, scope));
    note(
        "epoch of {} ended at {}",
        request.getActivityId() + "/" + request.getSceneId() + "/" + request.getRainId(),
        epoch.keysBefore().toString(),
        request.getRequestId(),
        request.getReason());
    return RevokeEpochResponse.newBuilder()
        .setRevocation(Translation.epoch(epoch))
        .setKey(current(scope))
        .build();
  }

  private Epoch ended(RevokeEpochRequest request, KeyScope scope) {
    SigningKey key = making(() -> beginning(scope, clock.instant()));
    Epoch asked =
        new Epoch(
            request.getLane(),
            request.getActivityId(),
            request.getSceneId(),
            request.getRainId(),
            key.createTime().truncatedTo(ChronoUnit.MICROS));
    return Stored.kept(
        () -> control.revokeEpoch(asked, decision(request.getRequestId(), request.getReason())));
  }

  /// The key with which an epoch begins: made now; or, where keys are not made, the one that
  /// somebody has just put there, since the older it is the less the end of the epoch ends.
  private SigningKey beginning(KeyScope scope, Instant now) {
    if (rings.makesKeys()) {
      return rings.begin(scope, now);
    }
    SigningKey current = rings.now().current(scope, now).key();
    if (rings.isLast(current.id(), scope)
        || current.useTime().isBefore(now.minus(terms.publishAhead()))) {
      throw Refused.of(
              Reason.REASON_WRONG_STATE, "keys are not made here: put a new one there, then repeat")
          .rule("key-rotation");
    }
    return current;
  }

  /// The one that signs is followed by a new one, not by a former one: an epoch may have been ended
  /// since that was made.
  private boolean needsAnother(SigningKey key, Instant now) {
    boolean signs = rings.now().current(key.scope(), now).key().id().equals(key.id());
    return rings.isLast(key.id(), key.scope()) || (signs && rings.makesKeys());
  }

  private static KeyScope scopeOf(String keyId) {
    return KeyScope.all().stream()
        .filter(scope -> keyId.startsWith(scope.slug() + "-"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a key's id begins with its scope"));
  }

  /// Trials' keys are not overlapped: what a trial signed is of no worth after it.
  private SigningKey next(KeyScope scope, Instant now) {
    if (scope.lane() == KeyLane.STRESS) {
      var _ = rings.replace(scope, now);
      return rings.now().current(scope, now).key();
    }
    return rings.follow(scope, now, terms.publishAhead());
  }

  private PublicKey current(KeyScope scope) {
    KeyRing ring = rings.now();
    return told(ring, ring.current(scope, clock.instant()).key());
  }

  private PublicKey told(KeyRing ring, SigningKey key) {
    boolean current = ring.current(key.scope(), clock.instant()).key().id().equals(key.id());
    return Translation.publicKey(key, current, ring.expireTime(key, terms.tokenLife()));
  }

  private Decision decision(String requestId, String reason) {
    return new Decision(
        requestId,
        RequestContext.current().caller().name(),
        reason,
        clock.instant().truncatedTo(ChronoUnit.MICROS));
  }

  private static <T> T making(Supplier<T> making) {
    try {
      return making.get();
    } catch (UnusableKeyException e) {
      throw Refused.of(Reason.REASON_WRONG_STATE, String.valueOf(e.getMessage()))
          .rule("key-rotation");
    }
  }

  private static void note(String what, String one, String other, String requestId, String why) {
    log.warn(
        what + " for {}, {}: {}", one, other, RequestContext.current().caller(), requestId, why);
  }
}
