package dev.lantern.ordercenter.campaign;

import java.time.Instant;

/// One applied document: a row of `campaign_revisions`.
public record Revision(
    String activityId,
    long number,
    String etag,
    String document,
    String author,
    String reason,
    String requestId,
    Instant createdAt,
    Instant effectiveAt) {}
