package dev.lantern.ordercenter.campaign;

import java.time.Instant;
import java.util.OptionalLong;

/// One applied document: a row of `campaign_revisions`.
///
/// @param rollbackOf the revision whose document this one repeats, where it was made by a rollback
public record Revision(
    String activityId,
    long number,
    String etag,
    String document,
    String author,
    String reason,
    String requestId,
    OptionalLong rollbackOf,
    Instant createdAt,
    Instant effectiveAt) {}
