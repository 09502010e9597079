package dev.lantern.controlplane.levels;

import dev.lantern.controlplane.audit.AuditEvent;
import dev.lantern.controlplane.audit.AuditStore;
import dev.lantern.controlplane.audit.Signed;
import dev.lantern.controlplane.levels.LevelChange.Decision;
import dev.lantern.controlplane.levels.LevelChange.Review;
import dev.lantern.controlplane.levels.LevelChange.State;
import dev.lantern.controlplane.policy.Rule;
import dev.lantern.controlplane.switches.SwitchBoard;
import dev.lantern.controlplane.switches.SwitchChange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Who may enter a level. From L3 on that takes two people, each with the certificate of another
/// role; or one who breaks the glass, and a review afterwards. Going down takes one, within the
/// time that holds already.
///
/// Two people agree to what a level does, not to its number: when the policy changes that in
/// between, it has to be asked for again.
///
/// A change is written down with its turn in one transaction and then told. Whoever repeats a
/// request whose answer was lost is told of the same change, and the turn is told again: a control
/// plane that lost the database's reply learns of its own turn that way.
public final class LevelDesk {
  /// So long a second person has.
  public static final Duration PATIENCE = Duration.ofMinutes(15);

  private static final int MOST_LAPSED = 100;
  static final int MOST_COUNTED = 1000;

  /// What somebody asks for.
  public record Ask(
      int rank, Duration lasting, boolean breakGlass, Signed signed, String requestId) {}

  /// What becomes of it.
  public sealed interface Outcome {
    record Done(LevelChange change) implements Outcome {}

    record NoSuchLevel() implements Outcome {}

    record NoSuchChange() implements Outcome {}

    /// It would last too long, or no time at all.
    ///
    /// @param longest what the level allows
    record LastsWrong(Duration longest) implements Outcome {}

    /// Whoever asked may not be the second person, too.
    record SamePerson() implements Outcome {}

    record WrongState(LevelChange change) implements Outcome {}

    /// The policy has changed what the level does since it was asked for.
    record Changed() implements Outcome {}
  }

  private final LevelStore store;
  private final AuditStore audit;
  private final SwitchBoard board;
  private final InstantSource clock;
  private volatile long waiting;
  private volatile long due;

  public LevelDesk(LevelStore store, AuditStore audit, SwitchBoard board, InstantSource clock) {
    this.store = store;
    this.audit = audit;
    this.board = board;
    this.clock = clock;
  }

  public synchronized Outcome ask(Ask ask) {
    Optional<LevelChange> before = store.byRequest(ask.requestId());
    if (before.isPresent()) {
      return told(before.get());
    }
    Optional<Rule.Level> level = board.table().levels().find(ask.rank());
    if (level.isEmpty() && ask.rank() > 0) {
      return new Outcome.NoSuchLevel();
    }
    Duration longest = level.map(Rule.Level::longest).orElse(Duration.ZERO);
    boolean lastsWell =
        ask.rank() == 0
            ? ask.lasting().isZero()
            : ask.lasting().isPositive() && ask.lasting().compareTo(longest) <= 0;
    if (!lastsWell) {
      return new Outcome.LastsWrong(longest);
    }
    boolean twoPeople = level.filter(Rule.Level::secondPerson).isPresent() && !goesDown(ask);
    return write(ask, twoPeople && ask.breakGlass(), twoPeople && !ask.breakGlass());
  }

  private Outcome write(Ask ask, boolean glass, boolean waits) {
    Instant now = clock.instant();
    var change =
        new LevelChange(
            0,
            ask.rank(),
            ask.lasting(),
            board.table().levels().meaning(ask.rank()),
            ask.signed(),
            now,
            waits ? State.WAITING : State.APPLIED,
            glass,
            Optional.empty(),
            glass ? Review.DUE : Review.NONE,
            Optional.empty(),
            Optional.empty());
    var event =
        AuditEvent.of(
            now,
            waits ? "level.ask" : "level.enter",
            change.name(),
            ask.signed(),
            waits ? "waiting" : "done",
            glass ? "the glass was broken; a review is due" : "");
    Optional<SwitchChange> turn = waits ? Optional.empty() : Optional.of(turn(change, now));
    return store
        .append(change, ask.requestId(), turn, event)
        .or(() -> store.byRequest(ask.requestId()))
        .map(this::told)
        .orElseGet(Outcome.NoSuchChange::new);
  }

  /// To prolong is to enter: whoever goes down keeps within the time that was agreed to.
  private boolean goesDown(Ask ask) {
    Instant now = clock.instant();
    return board
        .table()
        .manualLevel(now)
        .filter(holds -> holds.perTenThousand() > ask.rank())
        .flatMap(SwitchChange::expires)
        .filter(end -> !now.plus(ask.lasting()).isAfter(end))
        .isPresent();
  }

  public synchronized Outcome approve(long id, Signed second) {
    return decide(id, State.APPLIED, second);
  }

  public synchronized Outcome refuse(long id, Signed second) {
    return decide(id, State.REFUSED, second);
  }

  private Outcome decide(long id, State to, Signed second) {
    Optional<LevelChange> found = store.find(id);
    if (found.isEmpty()) {
      return new Outcome.NoSuchChange();
    }
    LevelChange change = found.get();
    boolean approves = to == State.APPLIED;
    Instant now = clock.instant();
    String action = approves ? "level.approve" : "level.refuse";
    if (approves && change.asked().caller().equals(second.caller())) {
      audit.append(
          AuditEvent.of(now, action, change.name(), second, "SELF_APPROVAL", "change " + id));
      return new Outcome.SamePerson();
    }
    String meaning = board.table().levels().meaning(change.rank());
    if (approves && change.state() == State.WAITING && !change.meaning().equals(meaning)) {
      audit.append(
          AuditEvent.of(now, action, change.name(), second, "WRONG_STATE", "the level changed"));
      return new Outcome.Changed();
    }
    Optional<LevelChange> decided =
        store.decide(
            id,
            to,
            new Decision(second, now),
            now.minus(PATIENCE),
            approves ? Optional.of(turn(change, now)) : Optional.empty(),
            AuditEvent.of(now, action, change.name(), second, "done", "change " + id));
    return decided.map(this::told).orElseGet(() -> repeated(id, to, second));
  }

  /// The same decision by the same person is a repetition; any other comes too late.
  private Outcome repeated(long id, State to, Signed second) {
    LevelChange now = store.find(id).orElseThrow();
    boolean same =
        now.state() == to
            && now.decision().filter(d -> d.by().caller().equals(second.caller())).isPresent();
    return same ? told(now) : new Outcome.WrongState(now);
  }

  public Outcome review(long id, Signed reviewer) {
    Optional<LevelChange> found = store.find(id);
    if (found.isEmpty()) {
      return new Outcome.NoSuchChange();
    }
    LevelChange change = found.get();
    Instant now = clock.instant();
    if (change.asked().caller().equals(reviewer.caller())) {
      audit.append(
          AuditEvent.of(
              now, "level.review", change.name(), reviewer, "SELF_APPROVAL", "change " + id));
      return new Outcome.SamePerson();
    }
    return store
        .review(
            id,
            new Decision(reviewer, now),
            AuditEvent.of(now, "level.review", change.name(), reviewer, "done", "change " + id))
        .<Outcome>map(Outcome.Done::new)
        .orElseGet(() ->
            change.review() == Review.DONE
                ? new Outcome.Done(change)
                : new Outcome.WrongState(change));
  }

  /// Changes that waited for a second person when [#lapse] looked last.
  public long waiting() {
    return waiting;
  }

  /// Reviews that were due then.
  public long due() {
    return due;
  }

  /// Ends what nobody decided in time, and counts what somebody must still look at: [#MOST_COUNTED]
  /// at most.
  public synchronized void lapse() {
    Instant now = clock.instant();
    for (LevelChange change : store.waitingSince(now.minus(PATIENCE), MOST_LAPSED)) {
      Signed ourselves = Signed.ourselves("nobody decided within " + PATIENCE.toMinutes() + " min");
      var _ =
          store.decide(
              change.id(),
              State.LAPSED,
              new Decision(ourselves, now),
              Instant.EPOCH,
              Optional.empty(),
              AuditEvent.of(now, "level.lapse", change.name(), ourselves, "done", ""));
    }
    List<LevelChange> open = store.list(Long.MAX_VALUE, true, MOST_COUNTED);
    waiting = open.stream().filter(change -> change.state() == State.WAITING).count();
    due = open.stream().filter(change -> change.review() == Review.DUE).count();
  }

  private Outcome told(LevelChange change) {
    store.turnOf(change).ifPresent(board::turn);
    return new Outcome.Done(change);
  }

  private static SwitchChange turn(LevelChange change, Instant now) {
    return new SwitchChange(
        0,
        SwitchChange.LEVEL,
        change.rank(),
        change.asked().author(),
        change.asked().reason(),
        now,
        change.rank() == 0 ? Optional.empty() : Optional.of(now.plus(change.lasting())));
  }
}
