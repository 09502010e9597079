/// The whole stack, on free ports and in a home of its own: rains, refusals, switches, traces and
/// the first chaos.
@NullMarked
package dev.lantern.proving.e2e;

import org.jspecify.annotations.NullMarked;
