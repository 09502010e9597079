/// Things: what downstreams give, once an order of theirs is in the books (S8). Rows of `grants`
/// say what is to be asked for; a worker asks, outside any transaction, and records each answer by
/// one conditional update. Only a definite refusal compensates; everything else is asked again
/// under the same id.
///
/// `CallBreaker` is not `weak.Breaker`. That one stands before what users wait for: no call of
/// theirs may be a probe, so it waits for a duty that probes. Here nobody waits, a downstream
/// offers nothing to probe with but the grants themselves, and those are safe to repeat: a few of
/// them are let through, counted over a sliding window, which a library does well.
@NullMarked
package dev.lantern.ordercenter.grant;

import org.jspecify.annotations.NullMarked;
