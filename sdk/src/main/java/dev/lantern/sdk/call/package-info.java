/// Calling Lantern as it wants to be called: refusals read in their one shape, pushback obeyed,
/// retries paid from a budget, the lane and the deadline of what one serves passed on.
@NullMarked
package dev.lantern.sdk.call;

import org.jspecify.annotations.NullMarked;
