/// order-center with a clock that is wrong, for trials: production's own wiring, started with
/// another clock than the machine's. Production has no such setting.
@NullMarked
package dev.lantern.skew;

import org.jspecify.annotations.NullMarked;
