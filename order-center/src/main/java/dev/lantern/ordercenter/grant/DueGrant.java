package dev.lantern.ordercenter.grant;

import dev.lantern.order.v1.AwardType;
import dev.lantern.ordercenter.order.Outcome;
import java.time.Instant;
import java.util.Optional;

/// A grant whose downstream is to be asked, as its row was read.
///
/// @param sceneId with when its order was accepted: what limits it is under, and whose day it is
/// @param lease the lease that counts its unit; 0 where none does
/// @param units what is released when it is refused
/// @param instead what is given when it is refused; empty: an operator decides
/// @param tries how often it has been asked for, the try under way included once claimed
/// @param unknown whether a former try may have been done all the same
/// @param refusedAt since when it is known to be refused, though not compensated yet
/// @param detail what was last heard
/// @param seq the row as it was read: what a change is conditional on
public record DueGrant(
    GrantId id,
    String downstream,
    AwardType awardType,
    String templateId,
    String rewardId,
    String parentActivityId,
    String childActivityId,
    String sceneId,
    Instant acceptedAt,
    String budgetId,
    long lease,
    int partition,
    long units,
    Optional<Outcome> instead,
    int tries,
    boolean unknown,
    Optional<Instant> refusedAt,
    String detail,
    long seq) {

  /// The row after a claim of this one.
  DueGrant claimed() {
    return new DueGrant(
        id,
        downstream,
        awardType,
        templateId,
        rewardId,
        parentActivityId,
        childActivityId,
        sceneId,
        acceptedAt,
        budgetId,
        lease,
        partition,
        units,
        instead,
        tries + 1,
        unknown,
        refusedAt,
        detail,
        seq + 1);
  }

  /// The same with what was heard last.
  DueGrant withDetail(String heard) {
    return new DueGrant(
        id,
        downstream,
        awardType,
        templateId,
        rewardId,
        parentActivityId,
        childActivityId,
        sceneId,
        acceptedAt,
        budgetId,
        lease,
        partition,
        units,
        instead,
        tries,
        unknown,
        refusedAt,
        heard,
        seq);
  }

  /// Whether the next call would repeat an earlier one.
  boolean isRetry() {
    return tries > 0;
  }

  /// Whether something was counted that its refusal brings back.
  boolean isCounted() {
    return lease != 0 && !budgetId.isEmpty();
  }
}
