package dev.lantern.controlplane.mesh;

import dev.lantern.controlplane.audit.Signed;
import dev.lantern.controlplane.policy.DocumentReader;
import dev.lantern.controlplane.policy.Reading;
import dev.lantern.controlplane.policy.Revision;
import dev.lantern.controlplane.policy.RevisionStore;
import dev.lantern.controlplane.rollout.Edits;
import dev.lantern.controlplane.state.LastKnown;
import dev.lantern.controlplane.switches.SwitchBoard;
import dev.lantern.controlplane.switches.SwitchStore;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the mesh gets what it runs at a start: from the database; while that is away, from the
/// last known state on disk; and from the database again as soon as it is back.
public final class Truth {
  private static final Logger LOG = LoggerFactory.getLogger(Truth.class);

  private final Runnable migrate;
  private final RevisionStore policies;
  private final SwitchStore switches;
  private final DocumentReader reader;
  private final Edits edits;
  private final Mesh mesh;
  private final SwitchBoard board;
  private final Map<String, String> seeds;
  private boolean loaded;

  public Truth(
      Runnable migrate,
      RevisionStore policies,
      SwitchStore switches,
      DocumentReader reader,
      Edits edits,
      Mesh mesh,
      SwitchBoard board,
      Map<String, String> seeds) {
    this.migrate = migrate;
    this.policies = policies;
    this.switches = switches;
    this.reader = reader;
    this.edits = edits;
    this.mesh = mesh;
    this.board = board;
    this.seeds = Map.copyOf(seeds);
  }

  /// Loads from the database, once; whether it is loaded now. Never throws for a database that is
  /// away; throws [IllegalStateException] when the seeds of an empty store are refused.
  public synchronized boolean load() {
    if (loaded) {
      return true;
    }
    try {
      migrate.run();
      board.replace(switches.newest());
      Revision newest = policies.newest();
      if (newest.number() == 0) {
        seed();
      } else {
        run(newest);
      }
      loaded = true;
      LOG.info("policy revision {} is in force", mesh.revision().number());
    } catch (SeedsRefusedException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.warn("the database cannot be read; the last known state stays: {}", e.toString());
    }
    return loaded;
  }

  /// Starts from this machine's disk; false when there is nothing fit to start from.
  public synchronized boolean startFrom(Optional<LastKnown> disk) {
    if (loaded || disk.isEmpty() || disk.get().revision().number() == 0) {
      return loaded;
    }
    LOG.warn("starting without the database, from revision {}", disk.get().revision().number());
    board.replace(disk.get().turns());
    run(disk.get().revision());
    return true;
  }

  private void run(Revision revision) {
    Reading reading = reader.read(revision.documents());
    reading.problems().forEach(problem -> LOG.error("revision {}: {}", revision.number(), problem));
    edits.run(revision, reading);
  }

  private void seed() {
    var edit =
        new Edits.Edit(
            new Edits.Change.Over(seeds, Set.of()),
            "",
            Signed.ourselves("what an empty store begins with"),
            "seed",
            "policy.seed");
    switch (edits.apply(edit)) {
      case Edits.Outcome.Applied _ -> LOG.info("seeded an empty store with {}", seeds.keySet());
      case Edits.Outcome.Rejected rejected ->
          throw new SeedsRefusedException("the seeds are refused: " + rejected.problems());
      case Edits.Outcome.Stale _, Edits.Outcome.NoSuchRevision _, Edits.Outcome.OtherEdit _ ->
          run(policies.newest());
    }
  }

  /// The files that an empty store begins with do not hold together.
  public static final class SeedsRefusedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    SeedsRefusedException(String message) {
      super(message);
    }
  }
}
