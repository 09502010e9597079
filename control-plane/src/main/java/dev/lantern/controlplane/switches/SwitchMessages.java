package dev.lantern.controlplane.switches;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.lantern.controlplane.policy.Rule;
import dev.lantern.mesh.v1.ListSwitchesResponse;
import dev.lantern.mesh.v1.Switch;
import dev.lantern.mesh.v1.SwitchReader;
import dev.lantern.mesh.v1.WatchSwitchesResponse;
import java.time.Instant;
import java.util.List;

/// Switches as the API says them.
final class SwitchMessages {
  private SwitchMessages() {}

  static WatchSwitchesResponse watched(SwitchTable table, Instant now) {
    return WatchSwitchesResponse.newBuilder()
        .setRevision(table.revision())
        .addAllSwitches(all(table, now))
        .setDigest(Digest.of(table.values(now)))
        .setLevel(table.rank(now))
        .build();
  }

  static ListSwitchesResponse listed(
      SwitchTable table, List<Readers.Report> reports, List<SwitchReader> envoys, Instant now) {
    String digest = Digest.of(table.values(now));
    var response =
        ListSwitchesResponse.newBuilder()
            .addAllSwitches(all(table, now))
            .setRevision(table.revision())
            .setDigest(digest);
    reports.forEach(report -> response.addReaders(reader(report, digest)));
    return response.addAllReaders(envoys).build();
  }

  private static SwitchReader reader(Readers.Report report, String digest) {
    var reader =
        SwitchReader.newBuilder()
            .setName(report.watcher())
            .setCurrent(report.digest().equals(digest))
            .setRevision(report.revision())
            .setReportTime(timestamp(report.at()));
    report.busyPercent().ifPresent(reader::setBusyPercent);
    return reader.build();
  }

  private static List<Switch> all(SwitchTable table, Instant now) {
    return table.catalogue().stream().map(entry -> told(table, entry, now)).toList();
  }

  static Switch told(SwitchTable table, Rule.Switch entry, Instant now) {
    Standing standing = table.standing(entry, now);
    var told =
        Switch.newBuilder()
            .setName(entry.id())
            .setDescription(entry.description())
            .setDefaultPerTenThousand(entry.defaultPerTenThousand())
            .setPerTenThousand(standing.perTenThousand())
            .setRemoves(entry.removes())
            .setOwner(entry.about().owner())
            .addAllObeyedBy(entry.obeyedBy());
    standing
        .by()
        .ifPresent(turn ->
            told.setAuthor(turn.author())
                .setReason(turn.reason())
                .setUpdateTime(timestamp(turn.at())));
    standing.until().ifPresent(at -> told.setExpireTime(timestamp(at)));
    if (standing.until().isPresent() && standing.afterwards() != entry.defaultPerTenThousand()) {
      told.setAfterPerTenThousand(standing.afterwards());
    }
    if (standing.level() > 0) {
      told.setLevel("L" + standing.level());
    }
    return told.build();
  }

  static Timestamp timestamp(Instant at) {
    return Timestamps.fromMillis(at.toEpochMilli());
  }
}
