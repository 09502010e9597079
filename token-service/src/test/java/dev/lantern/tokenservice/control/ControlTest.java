package dev.lantern.tokenservice.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.sdk.token.KeySet.Epoch;
import dev.lantern.stores.sql.StoreUnavailableException;
import dev.lantern.tokenservice.keys.KeyFolder;
import dev.lantern.tokenservice.keys.KeyLane;
import dev.lantern.tokenservice.keys.KeyScope;
import dev.lantern.tokenservice.keys.Purpose;
import dev.lantern.tokenservice.keys.SigningKey;
import dev.lantern.tokenservice.signing.EngineChoice;
import dev.lantern.tokenservice.signing.EngineKind;
import dev.lantern.tokenservice.signing.KeyRing;
import dev.lantern.tokenservice.signing.KeyRings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is read again each second, while one of its sources cannot be.
class ControlTest {
  private static final Instant NOW = Instant.parse("2027-01-01T12:00:00Z");
  private static final KeyScope SCOPE = new KeyScope(Purpose.REWARD, KeyLane.LIVE);

  @TempDir Path temporary;

  private final Unreliable store = new Unreliable();

  @Test
  void revocation_madeElsewhere_counts_thoughAKeyFileIsBroken() throws IOException {
    KeyFolder folder = new KeyFolder(temporary, true);
    KeyRings rings = rings(folder);
    Control control = new Control(store, rings, () -> NOW);
    SigningKey first = rings.now().current(SCOPE, NOW).key();
    SigningKey second = rings.follow(SCOPE, NOW, java.time.Duration.ZERO);
    control.refresh();

    Files.writeString(temporary.resolve("session-live.pem"), "no key");
    store.revokeKey(first.id().value(), new Decision("r", "operator", "a test", NOW));
    control.refresh();

    assertThat(control.now().revokedKeys()).containsExactly(first.id().value());
    assertThat(rings.now().current(SCOPE, NOW).key().id()).isEqualTo(second.id());
  }

  @Test
  void newKeyFile_isRead_andDecisionsStand_thoughTheStoreIsDown() {
    KeyFolder folder = new KeyFolder(temporary, true);
    KeyRings rings = rings(folder);
    Control control = new Control(store, rings, () -> NOW);
    store.setHalted(KeyLane.LIVE, true, new Decision("", "operator", "a test", NOW));
    control.refresh();

    store.down = true;
    SigningKey added = folder.add(SCOPE, NOW, NOW);
    control.refresh();

    assertThat(rings.now().find(added.id().value())).isPresent();
    assertThat(control.isHalted(KeyLane.LIVE)).isTrue();
    assertThat(control.isHalted(KeyLane.STRESS)).isFalse();
  }

  private static KeyRings rings(KeyFolder folder) {
    var engine = EngineChoice.of(List.of(EngineKind.values())).engine();
    return new KeyRings(folder, KeyRing.load(engine, folder.open(NOW)));
  }

  private static final class Unreliable implements DecisionStore {
    private final MemoryDecisionStore kept = new MemoryDecisionStore();
    private boolean down;

    @Override
    public Decisions all() {
      if (down) {
        throw new StoreUnavailableException("down", null);
      }
      return kept.all();
    }

    @Override
    public void revokeKey(String keyId, Decision decision) {
      kept.revokeKey(keyId, decision);
    }

    @Override
    public Optional<Epoch> epoch(String requestId) {
      return kept.epoch(requestId);
    }

    @Override
    public Epoch revokeEpoch(Epoch epoch, Decision decision) {
      return kept.revokeEpoch(epoch, decision);
    }

    @Override
    public boolean setHalted(KeyLane lane, boolean halted, Decision decision) {
      return kept.setHalted(lane, halted, decision);
    }
  }
}
