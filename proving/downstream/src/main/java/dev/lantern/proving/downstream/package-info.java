/// A downstream as vendors write them, and as they fail: slow, away, losing replies after the work
/// is done, refusing for good. It keeps what it gave in a journal, so that whoever asked it can be
/// checked against it: every grant at most once.
@NullMarked
package dev.lantern.proving.downstream;

import org.jspecify.annotations.NullMarked;
