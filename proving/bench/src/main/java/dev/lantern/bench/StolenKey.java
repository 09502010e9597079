package dev.lantern.bench;

import com.google.protobuf.ByteString;
import dev.lantern.common.v1.Lane;
import dev.lantern.runtime.config.Config;
import dev.lantern.sdk.token.TokenFormat;
import dev.lantern.token.v1.KeyPurpose;
import dev.lantern.token.v1.SignedToken;
import dev.lantern.tokenservice.TokenServiceConfig;
import dev.lantern.tokenservice.keys.KeyFolder;
import dev.lantern.tokenservice.keys.KeyLane;
import dev.lantern.tokenservice.keys.KeyScope;
import dev.lantern.tokenservice.keys.Purpose;
import dev.lantern.tokenservice.keys.Sealing;
import dev.lantern.tokenservice.signing.EngineChoice;
import dev.lantern.tokenservice.signing.EngineKind;
import dev.lantern.tokenservice.signing.KeyRing;
import dev.lantern.tokenservice.signing.LoadedKey;
import dev.lantern.tokenservice.token.BatchSigner;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Signs with a stack's own live key, past its token-service and its log: what somebody can do who
/// has both the key file and the passphrase.
public final class StolenKey {
  private static final int TREE = 64;

  private final LoadedKey key;
  private final BatchSigner signer;

  private StolenKey(LoadedKey key, BatchSigner signer) {
    this.key = key;
    this.signer = signer;
  }

  /// A copy of the one that signs.
  ///
  /// @param config of the stack's token-service
  public static StolenKey of(Path config, SecureRandom random, Instant now) {
    TokenServiceConfig read = Config.load(TokenServiceConfig.class, config, Map.of());
    var sealing = read.keys().passphrase().map(passphrase -> new Sealing(passphrase, random));
    var folder = new KeyFolder(read.keys().folder(), false, sealing);
    KeyRing ring =
        KeyRing.load(EngineChoice.of(List.of(EngineKind.values())).engine(), folder.open(now));
    var format = TokenFormat.of(KeyPurpose.KEY_PURPOSE_REWARD, Lane.LANE_LIVE);
    return new StolenKey(
        ring.current(new KeyScope(Purpose.REWARD, KeyLane.LIVE), now),
        new BatchSigner(format, random, TREE));
  }

  /// Tokens over these payloads that any verifier takes for ours.
  public List<SignedToken> sign(List<ByteString> payloads) {
    return signer.sign(key, payloads).stream().flatMap(batch -> batch.tokens().stream()).toList();
  }
}
