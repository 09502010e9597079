package dev.lantern.runtime.switches;

import com.google.protobuf.util.Timestamps;
import dev.lantern.mesh.v1.Switch;
import dev.lantern.mesh.v1.WatchSwitchesResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/// What the control plane last said: immutable, swapped whole.
record SwitchState(long revision, Map<String, Position> positions) {
  private static final int DIGEST_LENGTH = 16;

  static final SwitchState NOTHING = new SwitchState(0, Map.of());

  /// Where a switch stands, until when, and where it falls back to by itself.
  record Position(int perTenThousand, long expiresAtMillis, int afterwards) {

    int at(Instant now) {
      return now.toEpochMilli() >= expiresAtMillis ? afterwards : perTenThousand;
    }
  }

  static SwitchState of(WatchSwitchesResponse said) {
    var positions = new HashMap<String, Position>();
    for (Switch one : said.getSwitchesList()) {
      long expires =
          one.hasExpireTime() ? Timestamps.toMillis(one.getExpireTime()) : Long.MAX_VALUE;
      positions.put(one.getName(), new Position(one.getPerTenThousand(), expires, afterwards(one)));
    }
    return new SwitchState(said.getRevision(), Map.copyOf(positions));
  }

  /// What all switches stand at, in sixteen characters, as the control plane makes it of what it
  /// told: made of what reading one answers, it says what is obeyed here, not what was heard.
  String digest(Instant now) {
    var text = new StringBuilder();
    new TreeMap<>(positions)
        .forEach((name, position) -> text.append(name + "=" + position.at(now) + "\n"));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, DIGEST_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static int afterwards(Switch one) {
    return one.hasAfterPerTenThousand()
        ? one.getAfterPerTenThousand()
        : one.getDefaultPerTenThousand();
  }
}
