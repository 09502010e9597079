package dev.lantern.controlplane.state;

import dev.lantern.controlplane.policy.Document;
import dev.lantern.controlplane.policy.Revision;
import dev.lantern.controlplane.switches.SwitchChange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// All that the mesh was last running on.
///
/// @param jwks empty when the keys were never told
public record LastKnown(
    Revision revision, List<SwitchChange> turns, String jwks, List<String> gateways) {
  public LastKnown {
    turns = List.copyOf(turns);
    gateways = List.copyOf(gateways);
  }

  public static LastKnown nothing() {
    return new LastKnown(Revision.none(), List.of(), "", List.of());
  }

  /// The automatic level, until when it was prolonged last; what is written down in the database
  /// knows when it was entered only.
  public List<SwitchChange> automaticLevel() {
    return turns.stream().filter(turn -> turn.name().equals(SwitchChange.AUTOMATIC_LEVEL)).toList();
  }

  public LastKnown with(Revision now) {
    return new LastKnown(now, turns, jwks, gateways);
  }

  public LastKnown withTurns(List<SwitchChange> now) {
    return new LastKnown(revision, now, jwks, gateways);
  }

  public LastKnown withJwks(String now) {
    return new LastKnown(revision, turns, now, gateways);
  }

  public LastKnown withGateways(List<String> now) {
    return new LastKnown(revision, turns, jwks, now);
  }

  /// The same in types that JSON knows.
  record Json(
      long revision,
      String etag,
      String author,
      String reason,
      long atMillis,
      List<Document> documents,
      List<Turn> turns,
      String jwks,
      List<String> gateways) {

    record Turn(
        long revision,
        String name,
        int perTenThousand,
        String author,
        String reason,
        long atMillis,
        long expiresMillis) {}

    static Json of(LastKnown known) {
      Revision revision = known.revision();
      return new Json(
          revision.number(),
          revision.etag(),
          revision.author(),
          revision.reason(),
          revision.at().toEpochMilli(),
          revision.documents(),
          known.turns().stream().map(Json::turn).toList(),
          known.jwks(),
          known.gateways());
    }

    LastKnown known() {
      return new LastKnown(
          new Revision(revision, etag, author, reason, Instant.ofEpochMilli(atMillis), documents),
          turns.stream().map(Json::change).toList(),
          jwks,
          gateways);
    }

    private static Turn turn(SwitchChange change) {
      return new Turn(
          change.revision(),
          change.name(),
          change.perTenThousand(),
          change.author(),
          change.reason(),
          change.at().toEpochMilli(),
          change.expires().map(Instant::toEpochMilli).orElse(0L));
    }

    private static SwitchChange change(Turn turn) {
      return new SwitchChange(
          turn.revision(),
          turn.name(),
          turn.perTenThousand(),
          turn.author(),
          turn.reason(),
          Instant.ofEpochMilli(turn.atMillis()),
          turn.expiresMillis() == 0
              ? Optional.empty()
              : Optional.of(Instant.ofEpochMilli(turn.expiresMillis())));
    }
  }
}
