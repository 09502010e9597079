package dev.lantern.controlplane.rollout;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.lantern.controlplane.check.Candidate;
import dev.lantern.controlplane.check.PolicyCheck;
import dev.lantern.controlplane.mesh.Mesh;
import dev.lantern.controlplane.policy.Document;
import dev.lantern.controlplane.policy.Problem;
import dev.lantern.controlplane.policy.Reading;
import dev.lantern.controlplane.policy.Revision;
import dev.lantern.controlplane.policy.RevisionStore;
import dev.lantern.controlplane.switches.SwitchBoard;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The life of an edit: checked whole, written down, then pushed. One at a time.
public final class Edits {
  /// What somebody asks for. An empty etag means: whatever is newest.
  public record Edit(
      Map<String, String> yamlByName,
      String etag,
      String author,
      String reason,
      String requestId) {}

  /// What became of it.
  public sealed interface Outcome {
    record Applied(Revision revision) implements Outcome {}

    record Rejected(List<Problem> problems) implements Outcome {}

    record Stale(Revision newest) implements Outcome {}
  }

  private final RevisionStore store;
  private final PolicyCheck check;
  private final Mesh mesh;
  private final SwitchBoard board;
  private final InstantSource clock;

  public Edits(
      RevisionStore store, PolicyCheck check, Mesh mesh, SwitchBoard board, InstantSource clock) {
    this.store = store;
    this.check = check;
    this.mesh = mesh;
    this.board = board;
    this.clock = clock;
  }

  public List<Problem> validate(Map<String, String> yamlByName) {
    return check.check(Candidate.over(store.newest(), yamlByName), clock.instant()).problems();
  }

  public synchronized Outcome apply(Edit edit) {
    Optional<Revision> before = store.byRequest(edit.requestId());
    if (before.isPresent()) {
      return new Outcome.Applied(before.get());
    }
    Revision newest = store.newest();
    if (!edit.etag().isEmpty() && !edit.etag().equals(newest.etag())) {
      return new Outcome.Stale(newest);
    }
    Candidate candidate = Candidate.over(newest, edit.yamlByName());
    Reading reading = check.check(candidate, clock.instant());
    if (!reading.faults().isEmpty()) {
      return new Outcome.Rejected(reading.faults());
    }
    var revision =
        new Revision(
            candidate.number(),
            etag(candidate),
            edit.author(),
            edit.reason(),
            clock.instant(),
            candidate.documents());
    if (!store.append(revision, edit.requestId())) {
      return new Outcome.Stale(store.newest());
    }
    run(revision, reading);
    return new Outcome.Applied(revision);
  }

  /// Makes a revision that was written down the one in force.
  public void run(Revision revision, Reading reading) {
    // Policy and switches in one push: between two, what is switched off would be on for a moment.
    var catalogue = reading.policy().switches();
    mesh.policy(
        revision, reading.policy(), board.table().withCatalogue(catalogue).values(clock.instant()));
    board.catalogue(catalogue);
  }

  private static String etag(Candidate candidate) {
    Hasher hash = Hashing.sha256().newHasher().putLong(candidate.number());
    for (Document document : candidate.documents()) {
      hash.putInt(document.name().length()).putString(document.name(), StandardCharsets.UTF_8);
      hash.putInt(document.yaml().length()).putString(document.yaml(), StandardCharsets.UTF_8);
    }
    return hash.hash().toString().substring(0, 16);
  }
}
