/// The red-packet rain: thousands of simulated users play a campaign of the run's own through the
/// edge, are told things, and remember all of it.
///
/// [dev.lantern.proving.rain.Rain] is the whole story from the campaign to the report. Users are
/// virtual threads with a bounded number of calls in flight; what each does follows from the seed.
@NullMarked
package dev.lantern.proving.rain;

import org.jspecify.annotations.NullMarked;
