package dev.lantern.ordercenter.order;

import dev.lantern.common.v1.Lane;
import dev.lantern.order.v1.AwardType;
import java.time.Instant;
import java.util.Optional;

/// A request for a reward, as a caller makes it.
///
/// @param activityId the parent
/// @param requested empty: the scene's own award type
/// @param amount zero: the server draws
/// @param openTime empty: now
public record Ask(
    Lane lane,
    ActId user,
    int appId,
    String activityId,
    RoundId round,
    Optional<AwardType> requested,
    Fen amount,
    Optional<Instant> openTime) {}
