package dev.lantern.runtime.switches;

import com.google.protobuf.util.Timestamps;
import dev.lantern.mesh.v1.Switch;
import dev.lantern.mesh.v1.WatchSwitchesResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// What the control plane last said: immutable, swapped whole.
///
/// - `digest`: of all values, as the control plane made it: what is reported back
record SwitchState(long revision, String digest, Map<String, Position> positions) {

  static final SwitchState NOTHING = new SwitchState(0, "", Map.of());

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
    return new SwitchState(said.getRevision(), said.getDigest(), Map.copyOf(positions));
  }

  private static int afterwards(Switch one) {
    return one.hasAfterPerTenThousand()
        ? one.getAfterPerTenThousand()
        : one.getDefaultPerTenThousand();
  }
}
