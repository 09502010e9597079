/// What clients were told, kept as files: one JSON line per call, under the run's folder.
///
/// These files are one of the two sources of every law check. The driver appends to them and the
/// checks read them back from disk, so a check never sees anything that a later `lantern reconcile`
/// would not see, too.
@NullMarked
package dev.lantern.proving.clientlog;

import org.jspecify.annotations.NullMarked;
