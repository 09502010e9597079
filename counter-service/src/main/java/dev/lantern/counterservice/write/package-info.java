/// Taking writers' totals: to both Redis at once, content with one.
///
/// What one of them misses is noted here and made good by repair.
@NullMarked
package dev.lantern.counterservice.write;

import org.jspecify.annotations.NullMarked;
