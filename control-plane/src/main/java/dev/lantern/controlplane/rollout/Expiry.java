package dev.lantern.controlplane.rollout;

import dev.lantern.controlplane.audit.Signed;
import dev.lantern.controlplane.policy.Document;
import dev.lantern.controlplane.policy.DocumentReader;
import dev.lantern.controlplane.policy.Policy;
import dev.lantern.controlplane.policy.Revision;
import dev.lantern.controlplane.policy.RevisionStore;
import dev.lantern.stores.sql.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends rules that have expired: their document is again what it was before it held one, or goes if
/// it was not there. (Such a rule is alone in its document; lint sees to that.)
///
/// Each document is an edit of its own, with a revision, a reason and a check: one that cannot be
/// ended keeps no other. Its request id names the text it ends, so a control plane that died after
/// writing it down finds it written. One that is refused is tried again after [#PAUSE], then after
/// twice as long, up to [#LONGEST_PAUSE]: the earlier document no longer fits the others, and the
/// refusal in the record says how. So is one while the database is away: what is in force stays in
/// force, and the log says so at each try.
public final class Expiry {
  static final Duration PAUSE = Duration.ofSeconds(30);
  static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
  private static final Logger LOG = LoggerFactory.getLogger(Expiry.class);

  /// When a document is tried again, and how long it waited for that.
  private record Later(Instant notBefore, Duration pause) {}

  private final EarlierText texts;
  private final Edits edits;
  private final InstantSource clock;
  private final Map<String, Later> later = new HashMap<>();

  public Expiry(RevisionStore store, DocumentReader reader, Edits edits, InstantSource clock) {
    this.texts = new EarlierText(store, reader);
    this.edits = edits;
    this.clock = clock;
  }

  /// Ends one document of those that are due in the policy that runs; once a second.
  public void tick(Revision running, Policy policy) {
    Instant now = clock.instant();
    Set<String> due = EarlierText.due(policy, now);
    later.keySet().retainAll(due);
    for (int at = 0; at < running.documents().size(); at++) {
      String name = running.documents().get(at).name();
      if (due.contains(name) && mayBeTried(name, now)) {
        tried(running, at, now);
        return;
      }
    }
  }

  private boolean mayBeTried(String name, Instant now) {
    Later when = later.get(name);
    return when == null || !now.isBefore(when.notBefore());
  }

  private void tried(Revision running, int at, Instant now) {
    Document document = running.documents().get(at);
    try {
      end(running, at, document, now);
    } catch (StoreException e) {
      LOG.error(
          "{} has expired and stays in force until the database is back: {}",
          document.name(),
          e.toString());
      again(document.name(), now);
    }
  }

  private void end(Revision running, int at, Document document, Instant now) {
    String name = document.name();
    var change =
        texts
            .of(document, now)
            .map(yaml -> new Edits.Change.Over(Map.of(name, yaml), Set.of()))
            .orElseGet(() -> new Edits.Change.Over(Map.of(), Set.of(name)));
    Signed signed = Signed.ourselves("expired: " + name);
    String id = "expire-" + running.number() + "-" + at;
    var edit = new Edits.Edit(change, running.etag(), signed, id, "policy.expire");
    switch (edits.apply(edit)) {
      case Edits.Outcome.Applied applied ->
          LOG.info("revision {}: {}", applied.revision().number(), signed.reason());
      case Edits.Outcome.Rejected rejected -> {
        LOG.error("{} cannot be ended: {}", name, rejected.problems());
        again(name, now);
      }
      case Edits.Outcome.Stale _, Edits.Outcome.NoSuchRevision _, Edits.Outcome.OtherEdit _ ->
          again(name, now);
    }
  }

  private void again(String name, Instant now) {
    Later last = later.get(name);
    Duration twice = last == null ? PAUSE : last.pause().multipliedBy(2);
    Duration pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    later.put(name, new Later(now.plus(pause), pause));
  }
}
