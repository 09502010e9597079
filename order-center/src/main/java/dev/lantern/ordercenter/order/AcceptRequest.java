package dev.lantern.ordercenter.order;

import dev.lantern.common.v1.Lane;
import java.time.Instant;
import java.util.Optional;

/// A request whose round is resolved: everything accept needs to know of the campaign.
///
/// @param activityId the parent
/// @param childActivityId the child that the round belongs to
/// @param requestedAmount zero when the server draws
/// @param openTime as the caller gave it, or now
/// @param roundOpens when the round opened: what a store's life is compared with
/// @param claimExpiry when a claim on this number may be forgotten
/// @param direct whether its scene settles within the call
/// @param refusal what the request and the revision alone say against it; recomputed at every call,
///   and only told when nothing is known of the number yet
public record AcceptRequest(
    Lane lane,
    OrderNo orderNo,
    Fingerprint fingerprint,
    String activityId,
    String childActivityId,
    int appId,
    Fen requestedAmount,
    Instant openTime,
    Instant roundOpens,
    Instant claimExpiry,
    Options options,
    boolean direct,
    Optional<Refusal> refusal) {}
