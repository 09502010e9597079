/// Services' own code in a process that measures it: order-center's leases over a running stack's
/// ledger, token-service's signing, the edge as control-plane compiles it.
///
/// What measures lies in `proving`, which sees no class of a service; this package is all that it
/// gets to know of one. Clocks and randomness are passed in.
@NullMarked
package dev.lantern.bench;

import org.jspecify.annotations.NullMarked;
