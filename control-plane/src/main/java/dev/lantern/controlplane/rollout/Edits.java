package dev.lantern.controlplane.rollout;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.lantern.controlplane.audit.AuditEvent;
import dev.lantern.controlplane.audit.AuditStore;
import dev.lantern.controlplane.audit.Signed;
import dev.lantern.controlplane.check.Candidate;
import dev.lantern.controlplane.check.PolicyCheck;
import dev.lantern.controlplane.mesh.Mesh;
import dev.lantern.controlplane.policy.Document;
import dev.lantern.controlplane.policy.DocumentReader;
import dev.lantern.controlplane.policy.Problem;
import dev.lantern.controlplane.policy.Reading;
import dev.lantern.controlplane.policy.Revision;
import dev.lantern.controlplane.policy.RevisionStore;
import dev.lantern.controlplane.switches.SwitchBoard;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The life of an edit: checked whole, written down with its entry in the record, then pushed. One
/// at a time.
public final class Edits {
  /// What is to become of the documents.
  public sealed interface Change {
    /// These are put in their place, those go, the rest stays.
    record Over(Map<String, String> yamlByName, Set<String> removed) implements Change {}

    /// An earlier revision comes back, whole.
    record BackTo(long revision) implements Change {}
  }

  /// What somebody asks for. An empty etag means: whatever is newest.
  ///
  /// @param action what the record calls it
  public record Edit(Change change, String etag, Signed signed, String requestId, String action) {}

  /// What became of it.
  public sealed interface Outcome {
    /// It is in force.
    ///
    /// @param advice what is to be said about it all the same
    record Applied(Revision revision, List<Problem> advice) implements Outcome {}

    record Rejected(List<Problem> problems) implements Outcome {}

    record Stale(Revision newest) implements Outcome {}

    record NoSuchRevision() implements Outcome {}

    /// The request's id is that of another edit.
    ///
    /// @param made what that one made
    record OtherEdit(Revision made) implements Outcome {}
  }

  private final RevisionStore store;
  private final AuditStore audit;
  private final PolicyCheck check;
  private final Mesh mesh;
  private final SwitchBoard board;
  private final InstantSource clock;
  private final Wanted wanted;

  public Edits(
      RevisionStore store,
      DocumentReader reader,
      AuditStore audit,
      PolicyCheck check,
      Mesh mesh,
      SwitchBoard board,
      InstantSource clock) {
    this.store = store;
    this.audit = audit;
    this.check = check;
    this.mesh = mesh;
    this.board = board;
    this.clock = clock;
    this.wanted = new Wanted(store, new EarlierText(store, reader));
  }

  public List<Problem> validate(Map<String, String> yamlByName, Set<String> removed) {
    Candidate candidate = Candidate.over(store.newest(), yamlByName, removed);
    return check.check(candidate, clock.instant()).problems();
  }

  public synchronized Outcome apply(Edit edit) {
    Optional<Revision> before = store.byRequest(edit.requestId());
    if (before.isPresent()) {
      return repeated(edit, before.get());
    }
    Revision newest = store.newest();
    if (!edit.etag().isEmpty() && !edit.etag().equals(newest.etag())) {
      refused(edit, "STALE_ETAG", "the newest revision is " + newest.number());
      return new Outcome.Stale(newest);
    }
    Instant now = clock.instant();
    Optional<Candidate> asked = wanted.candidate(newest, edit.change(), now);
    if (asked.isEmpty()) {
      refused(edit, "NOT_FOUND", "there is no such revision to go back to");
      return new Outcome.NoSuchRevision();
    }
    Candidate candidate = asked.get();
    Reading reading = check.check(candidate, now);
    if (!reading.faults().isEmpty()) {
      Problem first = reading.faults().getFirst();
      refused(edit, "POLICY_REJECTED", first.document() + ":" + first.line() + " " + first.code());
      return new Outcome.Rejected(reading.faults());
    }
    var revision =
        new Revision(
            candidate.number(),
            etag(candidate),
            edit.signed().author(),
            edit.signed().reason(),
            now,
            candidate.documents());
    if (!store.append(revision, edit.requestId(), done(edit, candidate, now))) {
      return overtaken(edit);
    }
    run(revision, reading);
    return new Outcome.Applied(revision, reading.problems());
  }

  /// Another control plane was faster: with this very request, which was sent to both, or another.
  private Outcome overtaken(Edit edit) {
    Optional<Revision> same = store.byRequest(edit.requestId());
    if (same.isPresent()) {
      return repeated(edit, same.get());
    }
    Revision newest = store.newest();
    refused(edit, "STALE_ETAG", "the newest revision is " + newest.number());
    return new Outcome.Stale(newest);
  }

  /// A request that is sent again is told what it made; another under its id is none of that.
  private Outcome repeated(Edit edit, Revision made) {
    if (!wanted.isIn(made, edit)) {
      refused(edit, "INVALID_FIELD", "the request id made revision " + made.number());
      return new Outcome.OtherEdit(made);
    }
    catchUp();
    return new Outcome.Applied(made, List.of());
  }

  private static AuditEvent done(Edit edit, Candidate candidate, Instant now) {
    return AuditEvent.of(
        now,
        edit.action(),
        "revision " + candidate.number(),
        edit.signed(),
        "done",
        "changed: " + String.join(", ", candidate.changed()));
  }

  private void refused(Edit edit, String outcome, String detail) {
    audit.append(
        AuditEvent.of(
            clock.instant(),
            edit.action(),
            "revision " + (store.newest().number() + 1),
            edit.signed(),
            outcome,
            detail));
  }

  /// Puts in force what was written down and is not: by us, whose answer from the database was
  /// lost, or by another control plane.
  public synchronized void catchUp() {
    List<Revision> newest = store.list(Long.MAX_VALUE, 1);
    if (mesh.isRunning()
        && !newest.isEmpty()
        && newest.getFirst().number() > mesh.revision().number()) {
      Revision whole = store.newest();
      run(whole, check.read(whole));
    }
  }

  /// Makes a revision that was written down the one in force.
  public void run(Revision revision, Reading reading) {
    // Policy and switches in one push: between two, what is switched off would be on for a moment.
    mesh.policy(
        revision,
        reading.policy(),
        SwitchBoard.under(board.table(), reading.policy()).values(clock.instant()));
    board.catalogue(reading.policy());
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
