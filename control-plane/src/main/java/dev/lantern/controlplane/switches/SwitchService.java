package dev.lantern.controlplane.switches;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.lantern.common.v1.Reason;
import dev.lantern.controlplane.audit.AuditEvent;
import dev.lantern.controlplane.audit.AuditStore;
import dev.lantern.controlplane.audit.Signed;
import dev.lantern.controlplane.policy.Rule;
import dev.lantern.controlplane.policy.Spans;
import dev.lantern.mesh.v1.ListSwitchesResponse;
import dev.lantern.mesh.v1.ReportSwitchesRequest;
import dev.lantern.mesh.v1.SetSwitchRequest;
import dev.lantern.mesh.v1.SetSwitchResponse;
import dev.lantern.mesh.v1.SwitchReader;
import dev.lantern.mesh.v1.WatchSwitchesRequest;
import dev.lantern.mesh.v1.WatchSwitchesResponse;
import dev.lantern.runtime.errors.Refused;
import dev.lantern.stores.sql.StoreException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lists, turns and watches switches.
///
/// A turn is written down first and then told: a control plane that dies between has lost nothing,
/// and comes back with it.
public final class SwitchService {
  private static final Logger LOG = LoggerFactory.getLogger(SwitchService.class);

  private final SwitchBoard board;
  private final SwitchStore store;
  private final AuditStore audit;
  private final Readers readers;
  private final Supplier<List<SwitchReader>> envoys;
  private final BooleanSupplier ready;
  private final InstantSource clock;
  private final SwitchWatchers watchers = new SwitchWatchers();

  /// Serves a board.
  ///
  /// @param envoys how each Envoy stands to the switches in force
  /// @param ready whether the catalogue is known; before, an empty answer would wipe what watchers
  ///   last knew
  public SwitchService(
      SwitchBoard board,
      SwitchStore store,
      AuditStore audit,
      Readers readers,
      Supplier<List<SwitchReader>> envoys,
      BooleanSupplier ready,
      InstantSource clock) {
    this.board = board;
    this.store = store;
    this.audit = audit;
    this.readers = readers;
    this.envoys = envoys;
    this.ready = ready;
    this.clock = clock;
  }

  /// Tells every watcher of a change.
  public void tellWatchers(SwitchTable table) {
    if (ready.getAsBoolean()) {
      watchers.tell(SwitchMessages.watched(table, clock.instant()));
    }
  }

  /// Tells every watcher the same again, so that it knows it is in touch.
  public void stayInTouch() {
    watchers.again();
  }

  /// Writes down the end of turns that ran out; one that was renewed meanwhile has not.
  public void settleRunOut() {
    Instant now = clock.instant();
    for (SwitchChange turn : board.table().runOut(now)) {
      int back = board.table().find(turn.name()).map(Rule.Switch::defaultPerTenThousand).orElse(0);
      var end =
          new SwitchChange(
              0, turn.name(), back, Signed.OURSELVES, "expired", now, Optional.empty());
      var event =
          AuditEvent.of(now, "switch.expire", turn.name(), Signed.ourselves("expired"), "done", "");
      store
          .end(end, turn.revision(), event)
          .ifPresentOrElse(board::turn, () -> board.learn(store.newest()));
    }
  }

  /// Obeys what was written down and is not known here.
  public void catchUp() {
    board.learn(store.newest());
  }

  public ListSwitchesResponse list() {
    requireReady();
    return SwitchMessages.listed(board.table(), readers.all(), envoys.get(), clock.instant());
  }

  public SetSwitchResponse set(SetSwitchRequest request) {
    requireReady();
    Signed signed = Signed.because(request.getAuthor(), request.getReason());
    try {
      return turned(request, signed);
    } catch (Refused e) {
      refused(request, signed, e);
      throw e;
    }
  }

  private SetSwitchResponse turned(SetSwitchRequest request, Signed signed) {
    Rule.Switch entry = entry(request.getName());
    Instant now = clock.instant();
    Optional<Instant> expires = expiry(request, now);
    entry.longest().ifPresent(longest -> requireNoLonger(expires, now, longest));
    var turn =
        new SwitchChange(
            0,
            entry.id(),
            request.getPerTenThousand(),
            signed.author(),
            signed.reason(),
            now,
            expires);
    var event =
        AuditEvent.of(
            now,
            "switch.set",
            entry.id(),
            signed,
            "done",
            "to " + request.getPerTenThousand() + expires.map(end -> " until " + end).orElse(""));
    board.turn(store.append(turn, event));
    return SetSwitchResponse.newBuilder()
        .setSwitch(SwitchMessages.told(board.table(), entry, clock.instant()))
        .build();
  }

  /// Whoever was refused hears why whether or not that can be written down.
  private void refused(SetSwitchRequest request, Signed signed, Refused why) {
    String outcome = why.reason().name().replace("REASON_", "");
    String detail = "to " + request.getPerTenThousand() + ": " + why.text();
    try {
      audit.append(
          AuditEvent.of(clock.instant(), "switch.set", request.getName(), signed, outcome, detail));
    } catch (StoreException e) {
      LOG.warn("a refused turn is not in the record: {}", e.toString());
    }
  }

  public void watch(WatchSwitchesRequest request, StreamObserver<WatchSwitchesResponse> out) {
    requireReady();
    board.whileStill(table ->
        watchers.add(
            (ServerCallStreamObserver<WatchSwitchesResponse>) out,
            SwitchMessages.watched(table, clock.instant())));
  }

  /// Takes a report of a watcher for itself; nobody reports for another.
  ///
  /// @param caller what the certificate proves
  public void report(ReportSwitchesRequest request, String caller) {
    String watcher = request.getWatcher();
    if (!watcher.equals(caller) && !watcher.startsWith(caller + "/")) {
      throw Refused.of(Reason.REASON_INVALID_FIELD, caller + " is not " + watcher).field("watcher");
    }
    readers.heard(
        new Readers.Report(
            watcher,
            request.getRevision(),
            request.getDigest(),
            request.hasBusyPercent()
                ? OptionalInt.of(request.getBusyPercent())
                : OptionalInt.empty(),
            clock.instant()));
  }

  void requireReady() {
    if (!ready.getAsBoolean()) {
      throw Refused.of(Reason.REASON_NOT_SERVING, "no policy has been read yet");
    }
  }

  private Rule.Switch entry(String name) {
    return board
        .table()
        .find(name)
        .orElseThrow(
            () -> Refused.of(Reason.REASON_NOT_FOUND, "no switch is called " + name).field("name"));
  }

  private static void requireNoLonger(Optional<Instant> expires, Instant now, Duration longest) {
    if (expires.isEmpty() || expires.get().isAfter(now.plus(longest))) {
      throw Refused.of(
              Reason.REASON_INVALID_FIELD,
              "a turn of this switch lasts " + Spans.text(longest) + " at most")
          .field("expire_time");
    }
  }

  private static Optional<Instant> expiry(SetSwitchRequest request, Instant now) {
    if (!request.hasExpireTime()) {
      return Optional.empty();
    }
    Timestamp given = request.getExpireTime();
    if (!Timestamps.isValid(given)) {
      throw Refused.of(Reason.REASON_INVALID_FIELD, "expire_time is no time").field("expire_time");
    }
    Instant expires = Instant.ofEpochSecond(given.getSeconds(), given.getNanos());
    if (!expires.isAfter(now)) {
      throw Refused.of(Reason.REASON_INVALID_FIELD, "expire_time has passed").field("expire_time");
    }
    return Optional.of(expires);
  }
}
