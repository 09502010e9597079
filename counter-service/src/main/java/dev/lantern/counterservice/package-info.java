/// Hot counters that never go back and end exactly right.
///
/// Writers report cumulative totals; each is kept in a slot of its own on two Redis, so that a
/// report can be lost, doubled or late without harm. Readers are served from memory, refreshed once
/// a second. `Main` starts it, `Wiring` shows how it hangs together, `CounterService` is its
/// contract's adapter. Counters show; they are never the only copy of money.
@NullMarked
package dev.lantern.counterservice;

import org.jspecify.annotations.NullMarked;
