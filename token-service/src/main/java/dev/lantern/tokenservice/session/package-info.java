/// Session JWTs: what a user's client shows the edge with every call.
///
/// They are ordinary compact JWTs signed by EdDSA (RFC 7519, RFC 8037), so that Envoy's own filter
/// verifies them. They say who the user is and for how long, never what the user may spend.
@NullMarked
package dev.lantern.tokenservice.session;

import org.jspecify.annotations.NullMarked;
