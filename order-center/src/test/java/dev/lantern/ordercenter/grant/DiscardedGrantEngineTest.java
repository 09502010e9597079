package dev.lantern.ordercenter.grant;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.lantern.ordercenter.grant.GrantWorld.Promised;
import dev.lantern.ordercenter.operator.Answer;
import dev.lantern.ordercenter.operator.OperatorRequest;
import dev.lantern.ordercenter.parked.MysqlParkedStore;
import dev.lantern.ordercenter.parked.ParkedStore.Ended;
import dev.lantern.ordercenter.settle.BookingStore.Result;
import dev.lantern.ordercenter.settle.FundLimits;
import dev.lantern.proving.downstream.Behaviour;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Orders of things that an operator ends while nobody knows whether they were given (S8).
@Tag("engine")
class DiscardedGrantEngineTest {
  private static final int ALL = 10_000;
  private static final int FEW_TRIES = 3;

  @TempDir Path folder;
  private GrantWorld world;

  @BeforeEach
  void open() {
    world = new GrantWorld(folder);
  }

  @AfterEach
  void close() {
    try {
      world.assertLaws();
    } finally {
      world.close();
    }
  }

  @Test
  void perhapsGiven_discarded_endsWithItsGrant_andItsUnitStaysSpent() {
    world.behaviour = Behaviour.GOOD.losing(ALL);
    Promised promised = world.book(1, Optional.empty()).getFirst();
    world.settle(world.granter(world.store, FEW_TRIES));
    assertThat(parked()).isEqualTo(1);

    assertThat(discard(promised)).isEqualTo(new Ended.Done(new Answer.Done(0, 1, false)));
    assertThat(discard(promised)).isEqualTo(new Ended.Done(new Answer.Done(0, 1, true)));

    assertThat(world.order(promised).getInt("state")).isEqualTo(9);
    assertThat(world.count("grants where state = 5 and ended_at is not null")).isEqualTo(1);
    assertThat(parked()).isZero();
    assertThat(world.ledger.one("select sum(booked) as n from lease_booked")).isEqualTo(1);
    assertThat(world.free(GrantWorld.TICKETS)).isEqualTo(GrantWorld.TICKETS_FREE);
    assertThat(world.count("releases")).isZero();
    assertThat(world.count("audit where detail like '%stays spent%'")).isEqualTo(1);
  }

  @Test
  void neverAskedFor_discarded_returnsItsUnit() {
    Promised promised = world.book(1, Optional.empty()).getFirst();
    DueGrant grant = world.store.due("cinema", Instant.now().plusSeconds(60), 1).getFirst();
    assertThat(world.store.park(grant, "a trial", Instant.now())).isEqualTo(new Result.Done());
    world.ledger.database().update("update grants set unknown = false");

    assertThat(discard(promised)).isEqualTo(new Ended.Done(new Answer.Done(1, 0, false)));

    assertThat(world.free(GrantWorld.TICKETS)).isEqualTo(GrantWorld.TICKETS_FREE + 1);
    assertThat(world.count("grants where state = 5")).isEqualTo(1);
    assertThat(parked()).isZero();
  }

  @Test
  void grantedAfterItsDiscard_pages() {
    Promised promised = world.book(1, Optional.empty()).getFirst();
    Granter slow =
        world.granter(
            new ForwardingGrants(world.store) {
              @Override
              public Result succeed(DueGrant grant, String reference, Instant now) {
                assertThat(world.store.park(grant, "no answer", now)).isEqualTo(new Result.Done());
                assertThat(discard(promised)).isInstanceOf(Ended.Done.class);
                return super.succeed(grant, reference, now);
              }
            },
            FEW_TRIES);

    slow.tick();

    assertThat(world.order(promised).getInt("state")).isEqualTo(9);
    assertThat(world.pages).hasSize(1).allMatch(why -> why.startsWith("GRANTED, though"));
  }

  private long parked() {
    return world.ledger.one("select sum(parked) as n from lease_booked");
  }

  private Ended discard(Promised promised) {
    MysqlParkedStore desk = new MysqlParkedStore(world.ledger.database(), FundLimits.NONE);
    OperatorRequest request =
        new OperatorRequest(
            "r-1",
            "parked.discard",
            promised.orderNo().text(),
            ByteString.copyFrom(new byte[32]),
            "operator",
            "the vendor was asked");
    long actId = promised.orderNo().actId().value();
    return desk.order(actId, promised.orderNo().text())
        .map(found -> desk.discard(request, found, Instant.now()))
        .orElseGet(() -> new Ended.Done(desk.earlier(request).orElseThrow()));
  }
}
