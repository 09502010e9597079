/// The contract that Envoy speaks, and the server it is spoken at.
@NullMarked
package dev.lantern.controlplane.ratelimit.serve;

import org.jspecify.annotations.NullMarked;
