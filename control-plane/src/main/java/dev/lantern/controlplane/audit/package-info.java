/// Who did what, when and why, and what was refused: kept beside what they did, in the same
/// transaction.
@NullMarked
package dev.lantern.controlplane.audit;

import org.jspecify.annotations.NullMarked;
