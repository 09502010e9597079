package dev.lantern.tokenservice.session;

import java.time.Instant;

/// An issued session: the JWT and the moment from which the edge refuses it.
public record Session(String jwt, Instant expireTime) {}
