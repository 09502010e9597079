/// The embedded stack: real engines and our own processes, started, watched and stopped without
/// Docker and without root.
///
/// [dev.lantern.cli.stack.home] knows where things lie, [dev.lantern.cli.stack.cache] unpacks
/// engines once per user, [dev.lantern.cli.stack.process] starts and stops processes,
/// [dev.lantern.cli.stack.engine] describes the engines (and starts them alone, for tests).
@NullMarked
package dev.lantern.cli.stack;

import org.jspecify.annotations.NullMarked;
