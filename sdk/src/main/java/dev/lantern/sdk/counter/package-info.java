/// Hot counters: added to and read in the process, told and asked for about once a second (rules C1
/// to C3). A writer tells totals, never differences, so that saying it twice adds nothing.
@NullMarked
package dev.lantern.sdk.counter;

import org.jspecify.annotations.NullMarked;
