package dev.lantern.sdk.token;

import com.google.protobuf.Timestamp;
import dev.lantern.common.v1.Lane;
import dev.lantern.token.v1.EpochRevocation;
import dev.lantern.token.v1.ListKeysResponse;
import dev.lantern.token.v1.PublicKey;
import dev.lantern.token.v1.RedPacketToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Every key that verifies, and what was revoked, at one moment. Never changes.
///
/// @param refresh after how long to ask again
public record KeySet(
    Map<String, TokenKey> keys, Set<String> revoked, List<Epoch> epochs, Duration refresh) {
  private static final Duration LEAST_REFRESH = Duration.ofSeconds(1);

  public KeySet {
    keys = Map.copyOf(keys);
    revoked = Set.copyOf(revoked);
    epochs = List.copyOf(epochs);
    refresh = refresh.compareTo(LEAST_REFRESH) < 0 ? LEAST_REFRESH : refresh;
  }

  /// Tokens of these rounds do not hold if their key was made before `keysBefore`.
  ///
  /// @param sceneId empty: every scene
  /// @param rainId 0: every round
  public record Epoch(
      Lane lane, String activityId, String sceneId, int rainId, Instant keysBefore) {
    boolean ends(Lane tokensLane, TokenKey key, RedPacketToken token) {
      return lane == tokensLane
          && activityId.equals(token.getActivityId())
          && (sceneId.isEmpty() || sceneId.equals(token.getSceneId()))
          && (rainId == 0 || rainId == token.getRainId())
          && key.created().isBefore(keysBefore);
    }
  }

  /// As token-service tells it, verified by the JDK.
  public static KeySet of(ListKeysResponse told) {
    return new KeySet(
        keys(told.getKeysList()),
        Set.copyOf(told.getRevokedKeyIdsList()),
        told.getRevokedEpochsList().stream().map(KeySet::epoch).toList(),
        Duration.ofSeconds(told.getRefreshSeconds()));
  }

  static KeySet of(Collection<PublicKey> keys) {
    return new KeySet(keys(keys), Set.of(), List.of(), LEAST_REFRESH);
  }

  Optional<TokenKey> find(String keyId) {
    return Optional.ofNullable(keys.get(keyId));
  }

  boolean knows(String keyId) {
    return keys.containsKey(keyId) || revoked.contains(keyId);
  }

  /// This one with the revocations of an earlier one, too: they are for ever. Another instance of
  /// token-service may answer a moment before it has read the last of them.
  public KeySet after(KeySet earlier) {
    var all = new HashSet<>(earlier.revoked);
    all.addAll(revoked);
    var ended = new LinkedHashSet<>(earlier.epochs);
    ended.addAll(epochs);
    return new KeySet(keys, all, List.copyOf(ended), refresh);
  }

  private static Map<String, TokenKey> keys(Collection<PublicKey> told) {
    var keys = new HashMap<String, TokenKey>();
    for (PublicKey key : told) {
      var ed25519 = Ed25519Keys.ofRaw(key.getEd25519().toByteArray());
      keys.put(
          key.getKeyId(),
          new TokenKey(
              key.getPurpose(),
              key.getLane(),
              instant(key.getCreateTime()),
              key.hasExpireTime() ? instant(key.getExpireTime()) : Instant.MAX,
              SignatureCheck.byJdk(ed25519)));
    }
    return keys;
  }

  private static Epoch epoch(EpochRevocation told) {
    return new Epoch(
        told.getLane(),
        told.getActivityId(),
        told.getSceneId(),
        told.getRainId(),
        instant(told.getKeysBeforeTime()));
  }

  private static Instant instant(Timestamp told) {
    return Instant.ofEpochSecond(told.getSeconds(), told.getNanos());
  }
}
