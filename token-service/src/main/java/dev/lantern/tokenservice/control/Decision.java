package dev.lantern.tokenservice.control;

import java.time.Instant;

/// Who decides, when and why.
public record Decision(String requestId, String by, String reason, Instant at) {}
