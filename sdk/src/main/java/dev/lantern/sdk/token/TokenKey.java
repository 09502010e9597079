package dev.lantern.sdk.token;

import dev.lantern.common.v1.Lane;
import dev.lantern.token.v1.KeyPurpose;
import java.time.Instant;

/// A public key and what it is for.
///
/// @param expires nothing that it signed holds from then on; [Instant#MAX] while it has no end
public record TokenKey(
    KeyPurpose purpose, Lane lane, Instant created, Instant expires, SignatureCheck check) {}
