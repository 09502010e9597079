/// Trials in the stress lane: load by the clock through the edge, the laws on the lane's own books,
/// a witness that the live lane was not touched, and the cleaning afterwards.
@NullMarked
package dev.lantern.proving.stress;

import org.jspecify.annotations.NullMarked;
