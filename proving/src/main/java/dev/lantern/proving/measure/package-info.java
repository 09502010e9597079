/// The benchmarks: each figure beside its limit or its peer, interleaved in one run.
///
/// What is compared is processor time a call, because client and servers share the machine's cores;
/// rates by the clock are told, too. Everything measured is the running stack's own process; a peer
/// is as good as it can be made: warmed up, without work it need not do, at its own best
/// concurrency.
@NullMarked
package dev.lantern.proving.measure;

import org.jspecify.annotations.NullMarked;
