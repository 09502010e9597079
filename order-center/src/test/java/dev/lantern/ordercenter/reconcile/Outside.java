package dev.lantern.ordercenter.reconcile;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.grant.Answer;
import dev.lantern.ordercenter.grant.GrantId;
import dev.lantern.ordercenter.grant.Inquiry;
import dev.lantern.ordercenter.grant.Outbound;
import dev.lantern.ordercenter.queue.Partitions;
import dev.lantern.ordercenter.settle.Given;
import dev.lantern.ordercenter.settle.VirtualThreads;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// What lies outside the ledger, beside an audited one: the accept log that its orders came by, and
/// a vendor. What was planted there is told by its class and subject.
final class Outside implements AutoCloseable {
  private static final int TICKET = 10;
  private static final int MESSAGE = 100;

  private final AuditedBooks books;
  private final MemoryPieces log = new MemoryPieces();
  private final KnowingVendor vendor = new KnowingVendor();
  private final VirtualThreads threads = new VirtualThreads();
  private final Sides sides;

  /// One thing, and what is wrong with it.
  private enum Thing {
    FINE(500_001),
    MISSING(500_002),
    NOT_GIVEN(500_003),
    DISCARDED(500_004),
    TWICE(500_005),
    COMPENSATED(500_006);

    private final long user;

    Thing(long user) {
      this.user = user;
    }

    long user() {
      return user;
    }

    String orderNo() {
      return user() + "_things_2_10_3";
    }

    GrantId grant() {
      return new GrantId(user(), orderNo(), 1);
    }
  }

  Outside(AuditedBooks books, Supplier<Reconciler> reconciler) {
    this.books = books;
    var database = books.ledger.database();
    Inquiry inquiry =
        new Inquiry(
            "cinema",
            vendor,
            new Outbound("cinema", () -> Duration.ZERO, 1, books::moment),
            100,
            new SilentGrants(),
            books::moment);
    sides =
        new Sides(
            () -> reconciler.get().leading(),
            Lane.LANE_LIVE,
            new Sides.Stores(
                new MysqlMarks(database),
                books.findings,
                new MysqlRecordMarks(database),
                new MysqlRecordAudit(database),
                new MysqlGrantAudit(database),
                books.offsets,
                log,
                books.topics,
                () -> List.of(books.log)),
            new Sides.Vendors(List.of(inquiry), threads, Duration.ofSeconds(1)),
            new SeenSides(),
            books::moment);
  }

  /// Turns of the passes over it.
  void tick() {
    for (int turn = 0; turn < 8; turn++) {
      sides.records();
      sides.grants();
    }
  }

  /// The records that these orders came by, all booked.
  void accepted(List<Given> given) {
    given.forEach(this::append);
    for (int partition = 0; partition < AuditedBooks.PARTITIONS; partition++) {
      ends()[partition] = log.end(partition);
      books.update(
          "update queue_offsets set next_offset = ? where partition_no = ?",
          log.end(partition),
          partition);
    }
  }

  /// One more, that settlement has passed without booking it; where it lies.
  String passedOver(Given one) {
    int partition = append(one);
    ends()[partition]++;
    books.update(
        "update queue_offsets set next_offset = next_offset + 1 where partition_no = ?", partition);
    return books.log.topic() + "/" + partition + "/" + (log.end(partition) - 1);
  }

  private long[] ends() {
    return books.topics.ends.computeIfAbsent(
        books.log.topic(), _ -> new long[AuditedBooks.PARTITIONS]);
  }

  private int append(Given one) {
    int partition = Partitions.of(one.actId(), AuditedBooks.PARTITIONS);
    log.put(partition, one.at(log.end(partition)));
    return partition;
  }

  /// Things that were given, as the books and the vendor both know.
  void things(String like) {
    for (Thing thing : Thing.values()) {
      books.update(
          "insert into orders (act_id, order_no, parent_activity_id, activity_id, stage, scene_id,"
              + " rain_id, award_type, given_type, reward_id, title, fallback, amount_fen,"
              + " requested_amount_fen, budget_id, lease_id, counted_lease_id, partition_no,"
              + " fingerprint, state, app_id, token_key_id, open_time, accepted_at, booked_at)"
              + " select ?, ?, parent_activity_id, activity_id, stage, 'things', 2, ?, ?, 'ticket',"
              + " title, false, 0, 0, '', 0, 0, 0, fingerprint, 8, app_id, token_key_id, open_time,"
              + " accepted_at, booked_at from orders where order_no = ?",
          thing.user(),
          thing.orderNo(),
          TICKET,
          TICKET,
          like);
      grant(thing, 1);
      vendor.says.put(thing.grant(), new Answer.Granted("ref"));
    }
  }

  private void grant(Thing thing, int step) {
    books.update(
        "insert into grants (act_id, order_no, step, downstream, award_type, template_id, reward_id,"
            + " activity_id, budget_id, lease_id, partition_no, units, state, reference, next_at,"
            + " created_at, ended_at) select act_id, order_no, ?, 'cinema', ?, 't-1', 'ticket',"
            + " activity_id, '', 0, 0, 0, 2, 'ref', booked_at, booked_at, booked_at from orders"
            + " where order_no = ?",
        step,
        TICKET,
        thing.orderNo());
  }

  /// Another vendor's word, and rows that somebody has changed; booked a second later, so that the
  /// passes come by again.
  void plant() {
    books.update("delete from grants where order_no = ?", Thing.MISSING.orderNo());
    vendor.says.put(Thing.NOT_GIVEN.grant(), new Answer.NotFound());
    books.update("update grants set state = 5 where order_no = ?", Thing.DISCARDED.orderNo());
    books.update("update orders set state = 9 where order_no = ?", Thing.DISCARDED.orderNo());
    grant(Thing.TWICE, 2);
    vendor.says.put(new GrantId(Thing.TWICE.user(), Thing.TWICE.orderNo(), 2), granted());
    books.update("update grants set state = 3 where order_no = ?", Thing.COMPENSATED.orderNo());
    books.update(
        "update orders set given_type = ?, compensated = true where order_no = ?",
        MESSAGE,
        Thing.COMPENSATED.orderNo());
    books.update("update grants set ended_at = ? where state in (2, 3, 5)", books.now());
  }

  void repair() {
    grant(Thing.MISSING, 1);
    vendor.says.put(Thing.NOT_GIVEN.grant(), granted());
    vendor.says.put(Thing.DISCARDED.grant(), new Answer.NotFound());
    books.update("delete from grants where step = 2");
    vendor.says.put(Thing.COMPENSATED.grant(), new Answer.Refused("REJECTED"));
  }

  private static Answer granted() {
    return new Answer.Granted("ref");
  }

  static String missing() {
    return Thing.MISSING.orderNo();
  }

  static String notGiven() {
    return Thing.NOT_GIVEN.grant().text();
  }

  static String unrecorded() {
    return Thing.DISCARDED.grant().text();
  }

  static String twice() {
    return Thing.TWICE.orderNo();
  }

  static String compensated() {
    return Thing.COMPENSATED.grant().text();
  }

  @Override
  public void close() {
    threads.close();
  }
}
