/// order-center's lease code in a process that measures it: production's classes over a running
/// stack's own ledger.
///
/// What measures lies in `proving`, which sees no class of a service; this package is all that it
/// gets to know of one. Clocks and randomness are passed in.
@NullMarked
package dev.lantern.bench;

import org.jspecify.annotations.NullMarked;
