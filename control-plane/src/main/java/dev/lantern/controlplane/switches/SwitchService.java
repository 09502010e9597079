package dev.lantern.controlplane.switches;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.lantern.common.v1.Reason;
import dev.lantern.controlplane.policy.Rule;
import dev.lantern.mesh.v1.ListSwitchesRequest;
import dev.lantern.mesh.v1.ListSwitchesResponse;
import dev.lantern.mesh.v1.SetSwitchRequest;
import dev.lantern.mesh.v1.SetSwitchResponse;
import dev.lantern.mesh.v1.Switch;
import dev.lantern.mesh.v1.SwitchServiceGrpc;
import dev.lantern.mesh.v1.WatchSwitchesRequest;
import dev.lantern.mesh.v1.WatchSwitchesResponse;
import dev.lantern.runtime.errors.Refused;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Lists, turns and watches switches.
///
/// A turn is written down first and then told: a control plane that dies between has lost nothing,
/// and comes back with it.
public final class SwitchService extends SwitchServiceGrpc.SwitchServiceImplBase {
  private static final String OURSELVES = "control-plane";

  private final SwitchBoard board;
  private final SwitchStore store;
  private final BooleanSupplier ready;
  private final InstantSource clock;
  private final SwitchWatchers watchers = new SwitchWatchers();

  /// Serves a board.
  ///
  /// @param ready whether the catalogue is known; before, an empty answer would wipe what watchers
  ///   last knew
  public SwitchService(
      SwitchBoard board, SwitchStore store, BooleanSupplier ready, InstantSource clock) {
    this.board = board;
    this.store = store;
    this.ready = ready;
    this.clock = clock;
  }

  /// Tells every watcher of a change.
  public void tellWatchers(SwitchTable table) {
    if (ready.getAsBoolean()) {
      watchers.tell(message(table));
    }
  }

  /// Tells every watcher the same again, so that it knows it is in touch.
  public void stayInTouch() {
    tellWatchers(board.table());
  }

  /// Writes down the end of turns that ran out.
  public void settleRunOut() {
    Instant now = clock.instant();
    for (SwitchChange turn : board.table().runOut(now)) {
      int back = board.table().find(turn.name()).map(Rule.Switch::defaultPerTenThousand).orElse(0);
      board.turn(
          store.append(
              new SwitchChange(0, turn.name(), back, OURSELVES, "expired", now, Optional.empty())));
    }
  }

  @Override
  public void listSwitches(ListSwitchesRequest request, StreamObserver<ListSwitchesResponse> out) {
    requireReady();
    out.onNext(ListSwitchesResponse.newBuilder().addAllSwitches(all(board.table())).build());
    out.onCompleted();
  }

  @Override
  public void setSwitch(SetSwitchRequest request, StreamObserver<SetSwitchResponse> out) {
    requireReady();
    Rule.Switch entry = entry(request.getName());
    Instant now = clock.instant();
    var turn =
        new SwitchChange(
            0,
            entry.id(),
            request.getPerTenThousand(),
            request.getAuthor(),
            request.getReason(),
            now,
            expiry(request, now));
    SwitchChange written = store.append(turn);
    board.turn(written);
    out.onNext(SetSwitchResponse.newBuilder().setSwitch(told(board.table(), entry)).build());
    out.onCompleted();
  }

  @Override
  public void watchSwitches(
      WatchSwitchesRequest request, StreamObserver<WatchSwitchesResponse> out) {
    requireReady();
    watchers.add((ServerCallStreamObserver<WatchSwitchesResponse>) out, message(board.table()));
  }

  private void requireReady() {
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

  private WatchSwitchesResponse message(SwitchTable table) {
    return WatchSwitchesResponse.newBuilder()
        .setRevision(table.revision())
        .addAllSwitches(all(table))
        .build();
  }

  private List<Switch> all(SwitchTable table) {
    return table.catalogue().stream().map(entry -> told(table, entry)).toList();
  }

  private Switch told(SwitchTable table, Rule.Switch entry) {
    Instant now = clock.instant();
    var told =
        Switch.newBuilder()
            .setName(entry.id())
            .setDescription(entry.description())
            .setDefaultPerTenThousand(entry.defaultPerTenThousand())
            .setPerTenThousand(table.value(entry, now));
    SwitchChange turn = table.turns().get(entry.id());
    if (turn != null && !turn.expired(now)) {
      told.setAuthor(turn.author()).setReason(turn.reason()).setUpdateTime(timestamp(turn.at()));
      turn.expires().ifPresent(at -> told.setExpireTime(timestamp(at)));
    }
    return told.build();
  }

  private static Timestamp timestamp(Instant at) {
    return Timestamps.fromMillis(at.toEpochMilli());
  }
}
