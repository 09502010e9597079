package dev.lantern.ordercenter.reconcile;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.budget.Clock;
import dev.lantern.ordercenter.grant.Inquiry;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.queue.Topics;
import dev.lantern.ordercenter.settle.LogPieces;
import dev.lantern.ordercenter.settle.OffsetStore;
import dev.lantern.ordercenter.settle.SettleWorker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The passes over what lies outside the ledger: the accept log and the vendors. They have threads
/// of their own, for they wait for others; what they write is still the leader's alone.
public final class Sides {
  private final Supplier<Optional<Leadership>> leader;
  private final RecordPass records;
  private final GrantPass grants;

  /// What the passes read and write.
  ///
  /// @param logs the generations of the lane
  public record Stores(
      Marks marks,
      FindingStore findings,
      RecordMarks recordMarks,
      RecordAudit records,
      GrantAudit grants,
      OffsetStore offsets,
      LogPieces pieces,
      Topics topics,
      Supplier<List<LogName>> logs) {}

  /// The vendors.
  ///
  /// @param age how long ago a grant must have ended before its vendor is asked
  public record Vendors(
      List<Inquiry> inquiries, SettleWorker.SideBySide sideBySide, Duration age) {}

  /// Passes over one lane.
  ///
  /// @param leader the leadership of this process, while it has it
  public Sides(
      Supplier<Optional<Leadership>> leader,
      Lane lane,
      Stores stores,
      Vendors vendors,
      SidesWatch watch,
      Clock real) {
    this.leader = leader;
    Clock clock = Reconciler.inMicros(real);
    records =
        new RecordPass(
            new RecordPass.Sources(
                stores.pieces(), stores.topics(), stores.offsets(), stores.logs()),
            lane,
            stores.records(),
            stores.recordMarks(),
            stores.findings(),
            watch,
            clock);
    grants =
        new GrantPass(
            vendors.inquiries(),
            new GrantPass.Stores(stores.grants(), stores.marks(), stores.findings()),
            vendors.sideBySide(),
            watch,
            clock,
            vendors.age());
  }

  /// A turn over the accept log.
  public void records() {
    led(records::tick);
  }

  /// A turn over the grants.
  public void grants() {
    led(grants::tick);
  }

  private void led(Consumer<Leadership> turn) {
    leader
        .get()
        .ifPresent(mine -> {
          try {
            turn.accept(mine);
          } catch (LeadershipLost lost) {
            // Another process goes on where the marks are.
          }
        });
  }
}
