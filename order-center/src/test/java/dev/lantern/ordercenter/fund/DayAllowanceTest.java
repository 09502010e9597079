package dev.lantern.ordercenter.fund;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lantern.common.v1.Lane;
import dev.lantern.ordercenter.order.AcceptRequest;
import dev.lantern.ordercenter.order.Fen;
import dev.lantern.ordercenter.order.Fingerprint;
import dev.lantern.ordercenter.order.Mode;
import dev.lantern.ordercenter.order.Options;
import dev.lantern.ordercenter.queue.LogName;
import dev.lantern.ordercenter.settle.DailyCap;
import dev.lantern.ordercenter.settle.Given;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DayAllowanceTest {
  private static final Instant NOON = Instant.parse("2027-01-01T12:00:00Z");
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final Instant DAY_BEGINS = Instant.parse("2026-12-31T16:00:00Z");
  private static final long CAP = 200;

  private final Revisions revisions = new Revisions();
  private final CampaignLimits limits = new CampaignLimits(revisions, ZONE);
  private final Map<String, Long> redis = new HashMap<>();
  private final Map<String, Long> stored = new HashMap<>();
  private Instant trustedFrom = Instant.MIN;
  private int reads;

  private final DayAllowance allowance =
      new DayAllowance(
          limits, this::reserve, new Stored(), since -> !since.isBefore(trustedFrom), ZONE);

  @BeforeEach
  void read() {
    revisions.add(1, NOON.minusSeconds(600), 200, CAP);
    limits.poll();
  }

  @Test
  void dayThatRedisWasToldWholly_isTrusted() {
    assertThat(admits(1, 150)).isTrue();
    assertThat(admits(2, 60)).isFalse();
    assertThat(reads).isZero();
  }

  @Test
  void ordersTakenWithoutRedisThatDay_areReadForEveryOrder_thoughRedisLostNothing() {
    trustedFrom = DAY_BEGINS.plusSeconds(1);
    stored.put("without Redis", 100L);
    assertThat(admits(1, 100)).isTrue();
    // Once more without Redis, after the day was seeded.
    stored.put("without Redis, again", 90L);
    assertThat(admits(2, 10)).isFalse();
    assertThat(reads).isEqualTo(2);
  }

  @Test
  void ordersTakenWithoutRedisTheDayBefore_areNoReasonToRead() {
    trustedFrom = DAY_BEGINS;
    assertThat(admits(1, 150)).isTrue();
    assertThat(reads).isZero();
  }

  @Test
  void withoutRedis_theLedgerAloneIsAsked_andAnOrderIsNotHeldAgainstItself() {
    Mode without = new Mode(false, LogName.inbox(Lane.LANE_LIVE, 8));
    Given mine = given(1, 100);
    redis.put("in Redis alone", CAP);
    stored.put("another", 100L);
    stored.put(mine.orderNo().text(), 100L);
    assertThat(allowance.admits(request(mine), mine.outcome(), without, NOON)).isTrue();
    assertThat(allowance.admits(request(given(2, 1)), given(2, 1).outcome(), without, NOON))
        .isFalse();
    assertThat(redis).hasSize(1);
  }

  private static Given given(int round, long fen) {
    return Given.of(1_001, fen, 7).withRound(round);
  }

  private boolean admits(int round, long fen) {
    Given given = given(round, fen);
    Mode with = new Mode(true, LogName.inbox(Lane.LANE_LIVE, 8));
    return allowance.admits(request(given), given.outcome(), with, NOON);
  }

  private Days.Reserved reserve(Days.Reservation ask, Optional<Map<String, Long>> seed) {
    seed.ifPresent(redis::putAll);
    long sum = redis.values().stream().mapToLong(Long::longValue).sum();
    if (sum + ask.fen() > ask.cap().capFen()) {
      return Days.Reserved.OVER;
    }
    redis.put(ask.orderNo(), ask.fen());
    return Days.Reserved.ADMITTED;
  }

  private final class Stored implements SpentToday {
    @Override
    public Map<String, Long> of(DailyCap.Day day, Instant from, Instant to) {
      reads++;
      return stored;
    }

    @Override
    public Map<String, Long> ofLedger(DailyCap.Day day, Instant from, Instant to) {
      return stored;
    }
  }

  private static AcceptRequest request(Given given) {
    return new AcceptRequest(
        Lane.LANE_LIVE,
        given.orderNo(),
        new Fingerprint(given.proto().getFingerprint()),
        "spring",
        given.proto().getChildActivityId(),
        1,
        Fen.ZERO,
        NOON,
        NOON,
        NOON.plusSeconds(600),
        new Options(given.outcome(), Optional.empty(), 0),
        false,
        Optional.empty());
  }
}
